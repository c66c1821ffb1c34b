"""The domains, one package each; a package imports only from lower floors."""
