"""Papers of assets: labels with QR codes."""
