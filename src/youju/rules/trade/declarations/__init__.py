"""Rules and flows of customs declarations (报关)."""
