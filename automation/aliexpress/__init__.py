"""This site: its data, its pages, and the walk that cancels a dispute."""
