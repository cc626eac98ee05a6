"""What a request means, from its address and body alone."""
