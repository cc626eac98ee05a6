"""Find, install and start a browser."""
