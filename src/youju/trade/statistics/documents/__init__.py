"""The monthly bulletin as a Word document."""
