"""The demo year's hits: found by the scan itself, some of them disposed of."""
