"""Pages of the base and its policy documents."""
