"""Template tags of the targets room: ``{% load targets %}``."""
