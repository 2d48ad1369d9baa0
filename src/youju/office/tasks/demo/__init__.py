"""The demo's work plan, requests and disputes of 2023."""
