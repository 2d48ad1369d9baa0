"""Documents of the room subsidies: the award list on paper and as a workbook."""
