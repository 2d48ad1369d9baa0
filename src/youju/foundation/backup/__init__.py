"""The whole state in one archive, and back."""
