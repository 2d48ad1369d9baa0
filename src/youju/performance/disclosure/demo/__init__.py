"""The demo's releases."""
