"""Pages of the tracing room."""
