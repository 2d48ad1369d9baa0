"""Pages of dispatched staff."""
