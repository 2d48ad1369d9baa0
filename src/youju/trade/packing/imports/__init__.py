"""Spreadsheets of the packing room: container loads."""

from youju.trade.packing.imports.loads import LOADS

__all__ = ["LOADS"]
