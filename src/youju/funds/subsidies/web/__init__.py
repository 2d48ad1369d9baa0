"""Pages of the room subsidies."""
