"""Pages without personal data."""
