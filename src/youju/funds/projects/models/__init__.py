"""Tables of the room projects. Private to it: another room asks ``selectors``."""
