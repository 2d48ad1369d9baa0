"""Pages of the workflow room."""
