"""A chain as plain values, the same for the command and the API; docs/how-to/tracing.md describes them."""

from __future__ import annotations

from typing import Any

from youju.rules.trade.packing.amounts import Amounts
from youju.rules.trade.tracing.balancing import Balance, Imbalance
from youju.trade.tracing.selectors import ChainLine, ChainPage, Node

_STEPS = ("ordered", "returned", "unconsolidated", "unpacked", "packed", "declared", "undeclared")
_FIGURES = ("quantity", "packages", "net_weight", "gross_weight", "amount")
_LINE = (
    "order",
    "line_no",
    "ordered_on",
    "state",
    "country",
    "currency",
    "hs_code",
    "name",
    "name_en",
    "unit",
)
_PART = ("consolidation", "packing", "container", "packed_on", "bill_of_lading", "quantity", "packages")
_SOURCE = (
    "declaration",
    "g_no",
    "hs_code",
    "name",
    "merged",
    "state",
    "entry_number",
    "country",
    "live",
    "quantity",
)
_LATER = ("order", "line_no", "kind", "about", "state", "ordered_on", "depth", "counts", "quantity", "unit")


def told(page: ChainPage, *, offset: int, limit: int) -> dict[str, Any]:
    """The chain with the lines from ``offset`` on, at most ``limit``."""
    overview = page.overview
    lines = page.lines[offset : offset + limit]
    after = offset + len(lines)
    return {
        "origin": {"kind": page.origin.kind, "number": page.origin.number, "label": page.origin.label},
        "counts": dict(overview.counts),
        "hidden": page.hidden,
        "sums": [
            {"unit": each.unit, "currency": each.currency, "lines": each.lines, **_balance(each.balance, each.imbalances)}
            for each in overview.sums
        ],
        "nodes": [
            {"id": _id(node), "stage": node.stage, "label": node.label, "note": node.note, "rest": node.rest, "open": node.open}
            for node in overview.nodes
        ],
        "links": [
            {
                "source": ":".join(link.source),
                "target": ":".join(link.target),
                # A sum over several units says nothing.
                "quantity": link.amounts.quantity if overview.unit else None,
                "packages": link.amounts.packages,
                "net_weight": link.amounts.net_weight,
            }
            for link in overview.links
        ],
        "later": [{name: getattr(each, name) for name in _LATER} for each in overview.later],
        "differences": [each.as_json() for each in overview.differences],
        "lines": [_line(each) for each in lines],
        "offset": offset,
        "next": after if after < len(page.lines) else None,
    }  # fmt: skip


def _line(row: ChainLine) -> dict[str, Any]:
    return {
        **{name: getattr(row.line, name) for name in _LINE},
        "good": row.good.number if row.good else "",
        "producer": row.good.producer if row.good else "",
        "merchant": {
            "number": row.merchant[0],
            "name": row.merchant[1],
            "market": row.stall.market_name if row.stall else "",
            "stall": row.stall.number if row.stall else "",
        },
        "balance": _balance(row.balance, row.imbalances),
        "ways": [
            {
                "packed": {name: getattr(part, name) for name in _PART} if part else None,
                "declared": {name: getattr(source, name) for name in _SOURCE} if source else None,
            }
            for part, source in row.ways
        ],
    }


def _balance(balance: Balance, imbalances: tuple[Imbalance, ...]) -> dict[str, Any]:
    told: dict[str, Any] = {step: _figures(getattr(balance, step)) for step in _STEPS}
    return told | {"imbalances": [each.as_json() for each in imbalances]}


def _figures(amounts: Amounts) -> dict[str, Any]:
    return {name: getattr(amounts, name) for name in _FIGURES}


def _id(node: Node) -> str:
    return ":".join(node.key)
