"""What payments read: the bank's answers."""
