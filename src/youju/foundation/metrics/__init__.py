"""The metric catalogue in the application: live values, frozen figures, the lake. The expressions stand in ``analytics``."""
