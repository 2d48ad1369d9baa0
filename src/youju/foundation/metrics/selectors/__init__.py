"""Reads of the metric catalogue, for pages, commands and later rooms."""
