"""The way of one cancel: walk the pages, plan, commit once, verify, and say what happened."""
