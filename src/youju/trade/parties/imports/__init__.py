"""What the parties room takes in from spreadsheets."""
