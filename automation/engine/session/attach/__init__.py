"""Attach to the buyer's own running browser."""
