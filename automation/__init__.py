"""The command line, the guard, the page readers, the flow, the journal and the receipts."""
