"""The cancel itself: commit, dialog, verification, and settling of earlier attempts."""
