"""Options: what they are called, what they accept, and where their values come from."""
