"""Labels with QR codes, as PDF sheets."""
