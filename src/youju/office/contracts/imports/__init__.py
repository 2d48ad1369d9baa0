"""The register of contracts by spreadsheet."""

from youju.office.contracts.imports.register import REGISTER

__all__ = ["REGISTER"]
