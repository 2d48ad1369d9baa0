"""The demo's subsidies."""
