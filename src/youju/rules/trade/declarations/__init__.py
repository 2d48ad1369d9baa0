"""Declarations under mode 1039: what may stand in one, how goods are simplified, when a plan is right."""
