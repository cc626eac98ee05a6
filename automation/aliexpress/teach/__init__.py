"""A human shows the tool what its readers do not know on the pages of an order."""
