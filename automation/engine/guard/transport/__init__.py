"""How the one permitted request is sent: once, and as its page would have sent it."""
