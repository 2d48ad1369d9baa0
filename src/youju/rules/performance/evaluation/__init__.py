"""Self-evaluation (绩效自评) scored: facts, the schema of the day, points with their reasons, warnings EVL-…. Pure."""
