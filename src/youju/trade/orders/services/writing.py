"""Rows of an order in two statements: the head, then its lines and findings. The hot path; the ORM is too slow here."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import connection
from django.utils import timezone

from youju.foundation.kernel.context import current
from youju.foundation.policies import policy_hash
from youju.rules.findings import Finding
from youju.rules.trade.orders.facts import OrderLineFacts
from youju.trade.goods.selectors.tradable import Tradable
from youju.trade.orders.facts import CENT, Known, LineWish

KILOGRAM = "千克"

_HEAD = """
INSERT INTO orders_order (
  number, kind, about_id, state, revision, organisations, sections, merchant_id, agent_id, buyer_id, ordered_on, country,
  currency, rate, rate_month, exemption_mode, collected_by_agent, amount, amount_cny, packages, net_weight, gross_weight,
  volume, lines_count, channel, reference, note, merchant_confirmed_by, merchant_confirmed_at, agent_confirmed_by,
  agent_confirmed_at, as_of, policy_hash, created_by, registered_at, confirmed_at, is_demo)
VALUES (
  'T' || to_char(%(ordered_on)s::date, 'YYMMDD') || lpad(nextval('orders_number')::text, 6, '0'), %(kind)s, %(about)s,
  %(state)s, 0, %(organisations)s, %(sections)s, %(merchant)s, %(agent)s, %(buyer)s, %(ordered_on)s, %(country)s,
  %(currency)s, %(rate)s, %(rate_month)s, %(exemption_mode)s, %(collected_by_agent)s, %(amount)s, %(amount_cny)s,
  %(packages)s, %(net_weight)s, %(gross_weight)s, %(volume)s, %(lines)s, %(channel)s, %(reference)s, %(note)s,
  %(merchant_by)s, %(merchant_at)s, %(agent_by)s, %(agent_at)s, %(ordered_on)s, %(policy_hash)s, %(created_by)s,
  %(registered_at)s, %(confirmed_at)s, false)
RETURNING id, number
"""
_TYPES = {
    "int": "line_no packages",
    "bigint": "good_id original_id",
    "text": "hs_code name name_en model brand unit unit1 unit2",
    "numeric": "quantity price amount quantity1 quantity2 net_weight gross_weight volume",
    "bool": "inspection export_duty",
}
LINE_COLUMNS = {name: kind for kind, names in _TYPES.items() for name in names.split()}
_LINES = (
    f"INSERT INTO orders_orderline (order_id, {', '.join(LINE_COLUMNS)})"  # noqa: S608 - names of ours
    f" SELECT %s, u.* FROM unnest({', '.join(f'%s::{kind}[]' for kind in LINE_COLUMNS.values())}) AS u"
)
_FINDINGS = """
INSERT INTO orders_orderfinding (
  order_id, line_no, rule, severity, field, message, suggestion, explanation, explained_by, explained_at)
SELECT %s, u.*, CASE WHEN u.e <> '' THEN %s ELSE '' END, CASE WHEN u.e <> '' THEN now() END
FROM unnest(%s::int[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[]) AS u(n, r, s, f, m, g, e)
"""


def write_head(known: Known, *, state: str, by: str, sides: Sequence[str]) -> tuple[int, str]:
    """Insert the head; its id and number.

    Args:
        known: the wish with what was looked up; its parties and rate are there.
        state: in which it stands from now on.
        by: username of who registers.
        sides: ``merchant`` and ``agent`` where that side has confirmed with this very step.
    """
    values = head_values(known, state=state, by=by, sides=sides)
    with connection.cursor() as cursor:
        cursor.execute(_HEAD, values)
        key, number = cursor.fetchone()
    return int(key), str(number)


def head_values(known: Known, *, state: str, by: str, sides: Sequence[str]) -> dict[str, Any]:
    """The head as it is written; see :func:`write_head`."""
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
    """Insert the lines, as the goods stand today."""
    rows = line_rows(known)
    with connection.cursor() as cursor:
        cursor.execute(_LINES, [order_id, *(list(column) for column in zip(*rows, strict=True))])


def write_findings(order_id: int, known: Known, findings: Sequence[Finding], by: str) -> None:
    """Insert what the rules said, with the explanations given."""
    if not findings:
        return
    rows = finding_rows(known, findings)
    with connection.cursor() as cursor:
        cursor.execute(_FINDINGS, [order_id, by, *(list(column) for column in zip(*rows, strict=True))])


def line_rows(known: Known) -> list[tuple[Any, ...]]:
    """The lines as they are written, in the order of ``LINELINE_COLUMNS``."""
    return [
        _line(wish, facts, known.goods[facts.good_number], known)
        for wish, facts in zip(known.wish.lines, known.facts.lines, strict=True)
    ]


def finding_rows(known: Known, findings: Sequence[Finding]) -> list[tuple[Any, ...]]:
    """The findings as they are written: line, rule, severity, field, message, suggestion, explanation."""
    rows = []
    for each in findings:
        line = each.at.get("line")
        answer = known.wish.explanations.get((each.rule, line if isinstance(line, int) else None), "")
        rows.append(
            (
                line,
                each.rule,
                each.severity.value,
                each.at.get("field") or "",
                each.message,
                each.suggestion,
                answer,
            )
        )
    return rows


def _line(wish: LineWish, line: OrderLineFacts, good: Tradable, known: Known) -> tuple[Any, ...]:
    original = known.originals.get(wish.original) if wish.original is not None else None
    values = {
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
    return tuple(values[name] for name in LINE_COLUMNS)


def _statutory(unit: str, line: OrderLineFacts) -> Decimal | None:
    """The quantity in a statutory unit where it follows from what was entered: the same unit, or kilograms of net weight."""
    if not unit:
        return None
    if unit == line.unit:
        return line.quantity
    return line.net_weight if unit == KILOGRAM else None
