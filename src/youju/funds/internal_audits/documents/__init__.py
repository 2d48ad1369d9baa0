"""The notice of rectification and the list of findings on paper."""
