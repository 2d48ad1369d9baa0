"""The demo year's declarations, and the year as a whole: loaded, or written to files; see docs/how-to/demo.md."""
