"""Pages of the parties room."""
