"""Advice before a cancel: from what the buyer says, and from the pages."""
