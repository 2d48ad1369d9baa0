"""Contracts: the flow of a deliverable, what is checked."""
