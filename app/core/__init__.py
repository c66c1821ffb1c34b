"""The ground floor: it knows no domain."""
