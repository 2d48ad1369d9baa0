"""Pages of the metric catalogue."""
