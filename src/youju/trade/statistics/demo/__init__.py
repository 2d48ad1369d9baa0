"""The demo's district figures."""
