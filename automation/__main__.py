"""``python -m automation`` is ``dispute-guard``."""

from automation.cli import main

if __name__ == "__main__":
    main()
