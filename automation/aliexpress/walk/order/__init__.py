"""One order: what its pages show, which of its disputes to cancel, and a check that it is still that one."""
