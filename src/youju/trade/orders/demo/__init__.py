"""The demo's deals: a few registered by the services, and the year made by a seed; see docs/how-to/demo.md."""
