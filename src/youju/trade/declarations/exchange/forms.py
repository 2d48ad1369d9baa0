"""The forms of what goes over the exchange.

``DecImportResponse`` is the Single Window's own reply to a message. How later states of a declaration reach us is **an assumption
of ours, not verified**: ``DecStateResponse`` and the question ``DecStateQuery`` are laid down in ``dec_exchange.xsd`` beside
this file, under a namespace of ours, so that nobody takes them for somebody else's standard. A gateway of another form is another
adapter.
"""

from __future__ import annotations

from pathlib import Path

from youju.trade.declarations.documents.schema import NAMESPACE

__all__ = ["NAMESPACE", "OURS", "SCHEMA"]

OURS = "urn:youju:dec-exchange:1"
"""The namespace of the forms that are our own assumption."""
SCHEMA = Path(__file__).with_name("dec_exchange.xsd")
