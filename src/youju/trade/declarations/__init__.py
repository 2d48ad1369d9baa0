"""Declarations (报关): plans of orders into declarations, their messages and lists."""
