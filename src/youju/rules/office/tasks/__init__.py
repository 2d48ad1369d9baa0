"""Tasks: kinds, their flow, repeating, what is checked."""
