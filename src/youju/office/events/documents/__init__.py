"""Documents of the room of events."""
