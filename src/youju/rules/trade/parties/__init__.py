"""Filing of parties (主体备案): roles, fields, flows, identifiers."""
