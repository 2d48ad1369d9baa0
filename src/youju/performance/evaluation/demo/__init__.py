"""The demo's evaluations."""
