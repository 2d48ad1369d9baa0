"""Pages of the room of events."""
