"""The browser: find one, start it under the guard, leave no trace."""
