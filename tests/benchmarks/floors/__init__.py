"""The floor of each tool that could drive the same pages: bare scripts without any of the guard."""
