"""Receipts of this site: what a run or a settled attempt says in one."""
