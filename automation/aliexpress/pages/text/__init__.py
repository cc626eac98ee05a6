"""What a line of a page's text says: amounts, dates, ids, names, statuses."""
