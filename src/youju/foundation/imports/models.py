"""Tables of the imports room."""
