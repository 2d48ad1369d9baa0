"""What this room gives to analytics: where the parties on file stand in PostgreSQL, and where a counted party opens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from youju.analytics.tables import FILED_PARTIES
from youju.foundation.metrics.linking import Link, register_row_kind
from youju.foundation.metrics.sources import register_source
from youju.trade.parties import addresses
from youju.trade.parties.selectors.partners import names_of


def declare() -> None:
    """Called once, when the application is set up."""
    register_source(FILED_PARTIES, "parties_filed")
    register_row_kind("parties.party", "主体", link_parties)


def link_parties(rows: Sequence[Mapping[str, Any]]) -> list[Link]:
    """By their keys, with number and name. One query."""
    names = names_of(int(row["row"]) for row in rows)
    links = []
    for row in rows:
        number, name = names.get(int(row["row"]), ("", ""))
        links.append(
            Link(
                f"{name}（{number}）" if name else f"主体 {row['row']}",
                addresses.party(str(row["row"])) or "",
            )
        )
    return links
