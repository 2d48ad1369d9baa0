"""The whole state in one file, checked after it is written; and back, beside the old state, in one switch."""
