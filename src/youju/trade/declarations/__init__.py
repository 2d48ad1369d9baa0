"""Customs declarations (报关)."""
