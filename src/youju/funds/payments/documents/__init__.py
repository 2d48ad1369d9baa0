"""What payments write: lists for the bank, the order of a payment."""
