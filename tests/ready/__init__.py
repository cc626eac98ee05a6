"""Processes of the real command that do not wait for Python and its imports each time."""
