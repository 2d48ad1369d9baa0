"""The registers of the base by spreadsheet."""

from youju.office.base.imports.registers import IMPORTERS

__all__ = ["IMPORTERS"]
