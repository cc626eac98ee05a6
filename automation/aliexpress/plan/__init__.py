"""The plan of one cancel, and the values that it names."""
