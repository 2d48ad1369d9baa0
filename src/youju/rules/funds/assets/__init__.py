"""Rules of the room of assets: checks AST-…, the flows, depreciation, what a count says."""
