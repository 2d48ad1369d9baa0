"""What is handed to the broker: the message of each declaration, three lists. Kept light: reading needs its fields alone."""
