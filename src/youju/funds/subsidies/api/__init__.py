"""The room of subsidies for programs."""
