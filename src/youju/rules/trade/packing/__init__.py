"""Rules and flows of consolidation and packing (组货、装箱)."""
