"""What this room writes: the quarter's workbook, the certificate."""
