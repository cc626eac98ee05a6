"""The escort: the buyer presses Cancel Request themselves, and what the tool learns from it."""
