"""Self-evaluation (绩效自评): scores by policy schema, each with its reason."""
