"""What must hold when processes die and services go away."""
