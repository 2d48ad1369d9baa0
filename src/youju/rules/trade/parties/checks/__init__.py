"""The rules of a filing (PTY-…), one module for each subject, all declared on import."""

from __future__ import annotations

from youju.rules.trade.parties.checks import business, fields, numbers, papers, people, places

__all__ = ["business", "fields", "numbers", "papers", "people", "places"]
