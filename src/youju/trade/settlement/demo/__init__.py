"""The demo's receipts."""
