"""Events: kinds, flows and steps, what is checked."""
