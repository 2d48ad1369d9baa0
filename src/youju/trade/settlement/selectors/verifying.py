"""Whether the books balance: what ``youju settlement verify`` and the tests ask. Each question is one query over all rows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

_MOST = 20
# Each gives the places where something does not add up; a sound ledger gives no row.
CHECKS: dict[str, str] = {
    "分录借贷不等": """
        SELECT 'entry ' || entry_id || ' ' || currency || ' ' || sum(amount) FROM settlement_posting
        GROUP BY entry_id, currency HAVING sum(amount) <> 0""",
    "合计不为零": """
        SELECT currency || ' ' || sum(amount) FROM settlement_posting GROUP BY currency HAVING sum(amount) <> 0""",
    "台账余额与分录不符": """
        SELECT 'line ' || l.id FROM settlement_lot l
        LEFT JOIN (SELECT lot_id, -sum(amount) FILTER (WHERE account = 'declared') AS declared,
                          sum(amount) FILTER (WHERE account = 'reserved') AS reserved,
                          sum(amount) FILTER (WHERE account = 'collected') AS collected,
                          sum(amount) FILTER (WHERE account = 'available') AS available
                   FROM settlement_posting WHERE lot_id IS NOT NULL GROUP BY lot_id) p ON p.lot_id = l.id
        WHERE (l.declared, l.reserved, l.collected, l.available) IS DISTINCT FROM
              (coalesce(p.declared, 0), coalesce(p.reserved, 0), coalesce(p.collected, 0), coalesce(p.available, 0))
           OR (l.live AND l.declared <> l.value) OR (NOT l.live AND l.declared <> 0)""",
    "收汇超过申报额": """
        SELECT 'line ' || id FROM settlement_lot WHERE collected + reserved > declared OR collected < 0 OR reserved < 0""",
    "占用与台账不符": """
        SELECT 'line ' || l.id FROM settlement_lot l
        LEFT JOIN (SELECT lot_id, sum(amount) AS amount FROM settlement_reservation WHERE state = 'held' GROUP BY lot_id) r
          ON r.lot_id = l.id WHERE l.reserved <> coalesce(r.amount, 0)""",
    "确认与核销不符": """
        SELECT 'reservation ' || r.number FROM settlement_reservation r
        LEFT JOIN (SELECT reservation_id, sum(amount) AS amount FROM settlement_movement WHERE reservation_id IS NOT NULL
                   GROUP BY reservation_id) m ON m.reservation_id = r.id
        WHERE r.confirmed <> coalesce(m.amount, 0)""",
    "收汇余额与分录不符": """
        SELECT 'receipt ' || r.number FROM settlement_receipt r
        LEFT JOIN (SELECT receipt_id, sum(amount) FILTER (WHERE account = 'received') AS received,
                          -sum(amount) FILTER (WHERE account = 'suspense') AS suspense,
                          -sum(amount) FILTER (WHERE account = 'applied') AS applied,
                          -sum(amount) FILTER (WHERE account = 'returned') AS returned
                   FROM settlement_posting WHERE receipt_id IS NOT NULL GROUP BY receipt_id) p ON p.receipt_id = r.id
        WHERE (r.amount, r.suspense, r.applied, r.returned) IS DISTINCT FROM
              (coalesce(p.received, 0), coalesce(p.suspense, 0), coalesce(p.applied, 0), coalesce(p.returned, 0))""",
    "核销与分录不符": """
        SELECT 'line ' || l.id FROM settlement_lot l
        LEFT JOIN (SELECT lot_id, sum(CASE WHEN kind = 'match' THEN amount ELSE -amount END) AS amount,
                          sum(amount) FILTER (WHERE kind = 'refund') AS refunded
                   FROM settlement_movement WHERE lot_id IS NOT NULL GROUP BY lot_id) m ON m.lot_id = l.id
        WHERE l.collected <> coalesce(m.amount, 0) OR l.refunded <> coalesce(m.refunded, 0)""",
    "放行报关单没有台账": """
        SELECT 'declaration ' || h.declaration FROM declarations_released_heads h
        WHERE h.released_on < (now() AT TIME ZONE 'Asia/Shanghai')::date - 1 AND h.amount > 0
          AND NOT EXISTS (SELECT 1 FROM settlement_lot l WHERE l.declaration_id = h.declaration_id)""",
}

_COUNTS = """
SELECT (SELECT count(*) FROM settlement_lot), (SELECT count(*) FROM settlement_entry), (SELECT count(*) FROM settlement_posting),
       (SELECT count(*) FROM settlement_reservation), (SELECT count(*) FROM settlement_receipt)
"""


@dataclass(frozen=True, slots=True)
class Balance:
    """The sums of an account in a currency; debits above zero."""

    account: str
    currency: str
    amount: Decimal


def faults_of_ledger() -> list[str]:
    """What does not add up, in words and places; empty for sound books. Rows in the asker's reach: ask as who reaches all."""
    found = []
    with connection.cursor() as cursor:
        for words, sql in CHECKS.items():
            cursor.execute(f"SELECT * FROM ({sql}) t (place) ORDER BY place LIMIT {_MOST}")  # noqa: S608 - ours
            found += [f"{words}：{place}" for (place,) in cursor.fetchall()]
    return found


def balances() -> list[Balance]:
    """Every account in every currency. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT account, currency, sum(amount) FROM settlement_posting GROUP BY account, currency ORDER BY currency, account"
        )
        return [Balance(*row) for row in cursor.fetchall()]


def counts() -> dict[str, int]:
    """How many lines, entries, postings, reservations, receipts there are. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS)
        return dict(
            zip(("lines", "entries", "postings", "reservations", "receipts"), cursor.fetchone(), strict=True)
        )
