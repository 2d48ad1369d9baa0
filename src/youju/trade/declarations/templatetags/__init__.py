"""Template tags of the declarations room."""
