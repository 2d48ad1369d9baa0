"""The demo's surveys of 2022 and 2023, one that is open and one that is being built."""
