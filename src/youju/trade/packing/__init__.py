"""Consolidation and packing (组货、装箱)."""
