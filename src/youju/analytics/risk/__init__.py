"""The scan for abuses in bulk: documented tables in, hits out; set-based, in DuckDB."""
