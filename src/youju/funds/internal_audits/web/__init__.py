"""Pages of internal supervision."""
