"""Spreadsheets that the goods room takes in."""
