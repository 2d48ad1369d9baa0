"""The demo's checked report."""
