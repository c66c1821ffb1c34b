"""What a person is like here: learner and instructor profiles, tiers, appearance."""
