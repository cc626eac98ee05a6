"""Wait for a page: until when, what it still loads, and how the wait ends."""
