"""The demo's part of credit."""
