"""Documents of the room of credit."""
