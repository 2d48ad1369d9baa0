"""What needs a dataframe engine: policies computed on whole years of declarations (回测)."""
