"""Who a person is here: users, log-in sessions, staff roles."""
