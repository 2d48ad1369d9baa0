"""Filing of parties (主体备案): who trades here, in which roles, on which papers."""
