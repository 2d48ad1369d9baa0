"""Template tags of the audit room."""
