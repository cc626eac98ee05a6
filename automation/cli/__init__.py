"""The command line: options in, one answer and one exit code out."""
