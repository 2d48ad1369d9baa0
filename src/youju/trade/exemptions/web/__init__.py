"""Pages of the room of exemptions."""
