"""Tables of the room subsidies. Private to it: another room asks ``selectors``."""
