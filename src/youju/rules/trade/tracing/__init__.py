"""Pure decisions of tracing: whether what goes into a step of the chain comes out of it again."""
