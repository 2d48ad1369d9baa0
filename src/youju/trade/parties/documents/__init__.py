"""Documents that this room makes."""
