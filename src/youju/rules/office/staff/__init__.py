"""Rules of the room of staff."""
