"""What a person is like here: profiles of instructors, and their tiers."""
