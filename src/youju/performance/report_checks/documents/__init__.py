"""What comes back of a check: the marked report, the findings as a workbook."""
