"""District statistics by spreadsheet."""
