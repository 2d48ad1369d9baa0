"""Pages of the statistics room."""
