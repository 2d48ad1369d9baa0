"""The demo's deals: a few registered by the services for the to-do lists, and the year made by a seed; see docs/how-to/demo.md."""
