"""Sheets of one-time codes, and the report of a survey."""
