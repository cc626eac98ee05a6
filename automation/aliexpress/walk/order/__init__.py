"""One order on its way: what its pages show, which dispute is meant, and whether it is the right one."""
