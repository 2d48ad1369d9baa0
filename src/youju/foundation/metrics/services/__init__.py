"""Writes of the metric catalogue: freezing, the lake."""
