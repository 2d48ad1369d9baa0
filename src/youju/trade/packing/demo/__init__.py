"""The demo year's consolidations and packings, made from its orders; see docs/how-to/demo.md."""
