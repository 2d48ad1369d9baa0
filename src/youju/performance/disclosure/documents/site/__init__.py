"""The public site: the same files exported and served."""
