"""Pages of report checks."""
