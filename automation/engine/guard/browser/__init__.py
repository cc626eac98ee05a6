"""What the guard does inside the browser: one layer beneath the other."""
