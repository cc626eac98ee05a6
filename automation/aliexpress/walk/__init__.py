"""The walk: from a session through My Orders and Order Details to the dispute page."""
