"""Contracts, what they deliver and who accepted it, legal counsel, due payments."""
