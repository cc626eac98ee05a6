"""Many cancels in one run: the file that names them, the one plan for all, and the run."""
