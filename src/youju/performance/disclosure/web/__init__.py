"""Pages of disclosure: for the centre, and for everybody."""
