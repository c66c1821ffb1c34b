"""Checks of how the project is built; each is proved able to fail by a planted fault."""
