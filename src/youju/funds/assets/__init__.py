"""Fixed assets: the register, use and transfer, stocktakes, depreciation, disposal, reconciliation with the payments."""
