"""Pages of the room of risk."""
