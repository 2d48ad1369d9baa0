"""Tracing (来源可溯): from a declared line back to the stall, and from a stall on to every declaration."""
