"""Documents in and out: reading of foreign files, fonts and pictures for what the product prints."""
