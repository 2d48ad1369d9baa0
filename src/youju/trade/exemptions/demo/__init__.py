"""The demo's exemptions: the filings of 2023, certificates and invoices, made of the demo year's released goods."""
