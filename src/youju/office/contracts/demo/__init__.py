"""The demo's contracts of 2023."""
