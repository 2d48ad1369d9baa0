"""Tables of the room payments. Private to it: another room asks ``selectors``."""
