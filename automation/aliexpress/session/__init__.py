"""A session on the site: opened, signed in, handed over to a human, closed."""
