"""Payments: their life, what speaks against one, what the bank's answers mean, progress and its colours."""
