"""The acceptance sheet of a deliverable."""
