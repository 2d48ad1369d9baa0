"""Pages of the declarations room."""
