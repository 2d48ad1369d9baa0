"""Template tags of the workflow room."""
