"""``cancel --from FILE``: its run, its consent, its screen."""
