"""The packing list and container plan as files."""
