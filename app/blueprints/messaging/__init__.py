"""What people are told: notices in the page, and the mail that carries them."""
