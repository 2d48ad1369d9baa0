"""The demo year's bindings and statements."""
