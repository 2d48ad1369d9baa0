"""Rules of the room of base."""
