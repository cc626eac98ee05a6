"""Browser profiles: the tool's own, and the buyer's."""
