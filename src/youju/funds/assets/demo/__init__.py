"""The demo's assets."""
