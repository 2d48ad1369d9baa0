"""The register of assets by spreadsheet."""

from youju.funds.assets.imports.register import REGISTER

__all__ = ["REGISTER"]
