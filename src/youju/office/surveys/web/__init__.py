"""Pages of surveys: those of the house, and the sheet for anybody with a code."""
