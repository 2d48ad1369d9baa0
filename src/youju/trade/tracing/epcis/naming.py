"""Identifiers of our own: the merchants have no GS1 prefix, so each thing is a web address below the product's own host.

EPCIS lets any URI name a thing; these have the shape of a GS1 Digital Link (host, kind, key, further qualifiers) without
claiming to be one. ``kind`` and keys are fixed for good, like the addresses of pages.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from urllib.parse import quote

_SPACE = uuid.UUID("6f1c9a52-6b5e-5d0e-9f5b-3a1d6a7c1039")


@dataclass(frozen=True, slots=True)
class Naming:
    """Names below a host such as ``https://youju.example.cn``, without a slash at its end."""

    base: str

    def goods(self, order: str, line_no: int) -> str:
        """The goods of an order line: a class, as the pieces of a line are all alike."""
        return self._of("order", order, "line", str(line_no))

    def order(self, order: str) -> str:
        """An order, a return or a correction."""
        return self._of("order", order)

    def container(self, packing: str, number: str) -> str:
        """A container in one packing: the same box on another voyage is another thing."""
        return self._of("packing", packing, "container", number)

    def packing(self, number: str) -> str:
        """A packing."""
        return self._of("packing", number)

    def bill(self, number: str) -> str:
        """A bill of lading."""
        return self._of("bill", number)

    def declaration(self, key: str) -> str:
        """A version of a declaration."""
        return self._of("declaration", key)

    def declared_line(self, key: str, g_no: int) -> str:
        """A line of a declaration."""
        return self._of("declaration", key, "line", str(g_no))

    def party(self, number: str) -> str:
        """A party by its filing number; no name."""
        return self._of("party", number)

    def stall(self, key: str) -> str:
        """A stall by its market and number."""
        return self._of("stall", *key.split(":", 1))

    def port(self, code: str) -> str:
        """A port of exit."""
        return self._of("port", code)

    def country(self, code: str) -> str:
        """A country or region by its two letters."""
        return self._of("country", code)

    def event(self, *parts: object) -> str:
        """The same event has the same id in every export."""
        return f"urn:uuid:{uuid.uuid5(_SPACE, '|'.join([self.base, *map(str, parts)]))}"

    def _of(self, *parts: str) -> str:
        return "/".join([self.base, "id", *(quote(part, safe="") for part in parts)])
