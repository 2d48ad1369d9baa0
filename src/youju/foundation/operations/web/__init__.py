"""Pages of the operations room."""
