"""The buyer's browser: finding one, starting it under the guard, leaving it without a trace."""
