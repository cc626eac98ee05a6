"""Every open dispute of the account."""
