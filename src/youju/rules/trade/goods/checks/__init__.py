"""The rules of recognition (REC-…), one module for each subject, all declared on import."""

from __future__ import annotations

from youju.rules.trade.goods.checks import brands, codes, controls, elements, naming, parties, units

__all__ = ["brands", "codes", "controls", "elements", "naming", "parties", "units"]
