"""Pages of the room of credit."""
