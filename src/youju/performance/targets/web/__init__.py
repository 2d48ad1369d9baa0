"""Pages of the targets room."""
