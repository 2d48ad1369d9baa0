"""Template tags of the room subsidies."""
