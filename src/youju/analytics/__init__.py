"""Numbers with lineage: documented tables, metrics as Ibis expressions over them, engines that answer the same. No Django."""
