"""The command line, the guard, the pages, the flow, the journal and the receipts."""
