"""Rows of an order: head, lines and findings in one call (orders.0010). The hot path; the ORM is too slow here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils import timezone

from youju.foundation.database.statements import Part, as_array, ask, later
from youju.foundation.kernel.context import current
from youju.foundation.kernel.json_text import json_text
from youju.foundation.policies import policy_hash
from youju.rules.findings import Finding
from youju.rules.trade.orders.facts import OrderLineFacts
from youju.trade.goods.selectors.tradable import Tradable
from youju.trade.orders.facts import CENT, Known, LineWish
from youju.trade.orders.services import numbering

KILOGRAM = "千克"

_PUT = "orders_put(%s::bigint[], %s::json, %s::json, %s::json)"
_PUT_LINES = "orders_put_lines(%s::bigint, %s::json)"
_PUT_FINDINGS = "orders_put_findings(%s::bigint, %s, %s::json)"
LINE_COLUMNS = (
    *("line_no", "packages", "good_id", "original_id", "hs_code", "name", "name_en", "model", "brand", "unit", "unit1", "unit2"),
    *("quantity", "price", "amount", "quantity1", "quantity2", "net_weight", "gross_weight", "volume"),
    *("inspection", "export_duty"),
)  # fmt: skip
FINDING_COLUMNS = ("line_no", "rule", "severity", "field", "message", "suggestion", "explanation")


def write_order(
    known: Known, findings: Sequence[Finding], *, state: str, by: str, sides: Sequence[str]
) -> tuple[int, str]:
    """Insert an order with its lines, as the goods stand today, and what the rules said; its id and number.

    The rows go with what the transaction sends next, at the latest before its commit.

    Args:
        known: the wish with what was looked up; its parties and rate are there.
        findings: of the rules.
        state: in which it stands from now on.
        by: username of who registers.
        sides: ``merchant`` and ``agent`` where that side has confirmed with this very step.
    """
    key, number = numbering.taken(known.wish.ordered_on)
    write_orders([New(key, number, known, findings, state, tuple(sides))], by=by)
    return key, number


@dataclass(frozen=True, slots=True)
class New:
    """A judged order with its id and number, and how it stands from now on; see :func:`write_order`."""

    id: int
    number: str
    known: Known
    findings: Sequence[Finding]
    state: str
    sides: tuple[str, ...]


def write_orders(orders: Sequence[New], *, by: str) -> None:
    """Insert many in one call; as :func:`write_order`."""
    heads, lines, findings = [], [], []
    for each in orders:
        named = {"id": each.id, "number": each.number}
        heads.append(named | head_values(each.known, state=each.state, by=by, sides=each.sides))
        lines += [{"order_id": each.id} | line for line in _lines(each.known)]
        for said in _findings(each.known, each.findings):
            explained = by if said["explanation"] else ""
            findings.append({"order_id": each.id, "explained_by": explained} | said)
    ids = as_array(str(each.id) for each in orders)
    later(Part(_PUT, [ids, _text(heads), _text(lines), _text(findings)]))


def head_values(known: Known, *, state: str, by: str, sides: Sequence[str]) -> dict[str, Any]:
    """The head as it is written; see :func:`write_order`."""
    wish, facts, now = known.wish, known.facts, timezone.now()
    lines = facts.lines
    rate = facts.rate or Decimal(1)
    return {
        "kind": wish.kind.value,
        "about": known.about,
        "state": state,
        "organisations": known.organisations,
        "sections": known.sections,
        "merchant": known.merchant.id if known.merchant else None,
        "agent": known.agent.id if known.agent else None,
        "buyer": known.buyer.id if known.buyer else None,
        "ordered_on": wish.ordered_on,
        "country": wish.country,
        "currency": wish.currency,
        "rate": rate,
        "rate_month": wish.ordered_on.replace(day=1),
        "exemption_mode": wish.exemption_mode,
        "collected_by_agent": wish.collected_by_agent,
        "amount": facts.amount,
        "amount_cny": (facts.amount * rate).quantize(CENT, ROUND_HALF_UP),
        "packages": sum(line.packages for line in lines),
        "net_weight": sum((line.net_weight for line in lines), Decimal(0)),
        "gross_weight": sum((line.gross_weight for line in lines), Decimal(0)),
        "volume": sum((line.volume for line in lines), Decimal(0)),
        "lines": len(lines),
        "channel": {"api": "api", "job": "excel"}.get(current().channel, "web"),
        "reference": wish.reference,
        "note": wish.note,
        "merchant_by": by if "merchant" in sides else "",
        "merchant_at": now if "merchant" in sides else None,
        "agent_by": by if "agent" in sides else "",
        "agent_at": now if "agent" in sides else None,
        "policy_hash": policy_hash(),
        "created_by": by,
        "registered_at": now if state != "draft" else None,
        "confirmed_at": now if state == "confirmed" else None,
    }


def write_lines(order_id: int, known: Known) -> None:
    """Insert the lines of an order that is there."""
    ask(Part(_PUT_LINES, [str(order_id), _text(_lines(known))]))


def write_findings(order_id: int, known: Known, findings: Sequence[Finding], by: str) -> None:
    """Insert what the rules said of an order that is there, with the explanations given."""
    if findings:
        ask(Part(_PUT_FINDINGS, [str(order_id), by, _text(_findings(known, findings))]))


def line_rows(known: Known) -> list[tuple[Any, ...]]:
    """The lines as they are written, in the order of ``LINE_COLUMNS``."""
    return [tuple(line[name] for name in LINE_COLUMNS) for line in _lines(known)]


def finding_rows(known: Known, findings: Sequence[Finding]) -> list[tuple[Any, ...]]:
    """The findings as they are written, in the order of ``FINDING_COLUMNS``."""
    return [tuple(each[name] for name in FINDING_COLUMNS) for each in _findings(known, findings)]


def _text(value: Any) -> str:
    """As JSON; decimals, days and times as text, so that none loses a digit."""
    return json_text(value, default=str)


def _lines(known: Known) -> list[dict[str, Any]]:
    return [
        _line(wish, facts, known.goods[facts.good_number], known)
        for wish, facts in zip(known.wish.lines, known.facts.lines, strict=True)
    ]


def _findings(known: Known, findings: Sequence[Finding]) -> list[dict[str, Any]]:
    rows = []
    for each in findings:
        line = each.at.get("line")
        answer = known.wish.explanations.get((each.rule, line if isinstance(line, int) else None), "")
        rows.append(
            {
                "line_no": line,
                "rule": each.rule,
                "severity": each.severity.value,
                "field": each.at.get("field") or "",
                "message": each.message,
                "suggestion": each.suggestion,
                "explanation": answer,
            }
        )
    return rows


def _line(wish: LineWish, line: OrderLineFacts, good: Tradable, known: Known) -> dict[str, Any]:
    original = known.originals.get(wish.original) if wish.original is not None else None
    return {
        "line_no": line.line_no,
        "good_id": good.id,
        "original_id": original[0] if original else None,
        "hs_code": good.hs_code,
        "name": good.name,
        "name_en": good.name_en,
        "model": good.model,
        "brand": good.brand,
        "unit": line.unit,
        "quantity": line.quantity,
        "price": line.price,
        "amount": line.amount,
        "unit1": good.unit1,
        "quantity1": wish.quantity1 if wish.quantity1 is not None else _statutory(good.unit1, line),
        "unit2": good.unit2,
        "quantity2": wish.quantity2 if wish.quantity2 is not None else _statutory(good.unit2, line),
        "packages": line.packages,
        "net_weight": line.net_weight,
        "gross_weight": line.gross_weight,
        "volume": line.volume,
        "inspection": good.inspection,
        "export_duty": good.export_duty,
    }


def _statutory(unit: str, line: OrderLineFacts) -> Decimal | None:
    """The quantity in a statutory unit where it follows from what was entered: the same unit, or kilograms of net weight."""
    if not unit:
        return None
    if unit == line.unit:
        return line.quantity
    return line.net_weight if unit == KILOGRAM else None
