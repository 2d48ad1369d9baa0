"""Tables of the workflow room."""
