"""The demo's proposal of 2024's targets and its audit of 2023's."""
