"""What this room tells of the conduct of merchants: declarations collected in time or late, money from others than the buyer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db import connection

from youju.foundation.kernel.conduct import ConductRecord
from youju.foundation.policies import law_on
from youju.rules.trade.settlement.ageing import late_before
from youju.trade.settlement import addresses
from youju.trade.settlement.selectors.payers import receipts_unlike_buyer

COLLECTED, LATE, MISMATCH = "settlement.collected", "settlement.late", "settlement.mismatch"
KINDS = frozenset((COLLECTED, LATE, MISMATCH))
# What a merchant's part of a declaration had brought in by its last day; the ledger is only added to, so the past stays.
_DECLARATIONS = """
WITH lots AS MATERIALIZED (
  SELECT id, merchant_id, number || '-' || version AS number, declared, released_on + %(days)s AS due FROM settlement_lot
  WHERE live AND declared > 0 AND released_on <= %(until)s AND released_on >= %(first)s
    AND (%(parties)s::bigint[] IS NULL OR merchant_id = ANY (%(parties)s::bigint[]))
), paid AS (
  SELECT l.id, sum(CASE WHEN m.kind = 'match' THEN m.amount ELSE -m.amount END) AS amount, max(m.day) AS day
  FROM lots l JOIN settlement_movement m ON m.lot_id = l.id AND m.day <= l.due AND m.day <= %(until)s GROUP BY l.id
)
SELECT l.merchant_id, l.number, bool_and(coalesce(p.amount, 0) >= l.declared), max(l.due), max(p.day)
FROM lots l LEFT JOIN paid p ON p.id = l.id GROUP BY l.merchant_id, l.number ORDER BY 2, 1
"""


def conduct(parties: frozenset[int] | None, since: date, until: date) -> Iterator[ConductRecord]:
    """Some queries, whatever the number of parties. In time: in full within the days of the policy after release."""
    days = (until - late_before(law_on(until), until)).days
    values: dict[str, Any] = {
        "days": days, "until": until, "first": since - timedelta(days=days + 1),
        "parties": None if parties is None else sorted(parties),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_DECLARATIONS, values)
        for merchant, number, full, due, paid_on in cursor.fetchall():
            url = addresses.ledger(number) or ""
            if full:
                yield ConductRecord(merchant, paid_on, COLLECTED, number, number, url)
            elif due < until:
                late = due + timedelta(days=1)
                yield ConductRecord(merchant, late, LATE, number, number, url, outcome=f"{due} 前应收齐")
    for each in receipts_unlike_buyer(since=since, until=until, merchants=parties):
        if not each.explanation:
            yield ConductRecord(
                each.merchant, each.received_on, MISMATCH, str(each.movement), each.number, addresses.ledger(each.number) or "",
                amount=each.amount_cny, outcome=f"付款人 {each.payer}",
            )  # fmt: skip
