"""One guarded, irreversible request on any site: it knows ids by their role, never an order."""
