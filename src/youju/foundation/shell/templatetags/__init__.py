"""Template tags of the shell: ``{% load shell %}``."""
