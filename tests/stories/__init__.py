"""Ten stories of buyers, and the three lines that each of them gets."""
