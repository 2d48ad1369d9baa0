"""What the risk scan learns of subsidies: the grounds of claims under way or paid, and the accounts that parties name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone

from youju.funds.subsidies.models import Application, CountedLine
from youju.rules.funds.claims.lifecycle import AWARDED, PAID, UNDER_WAY
from youju.trade.declarations.selectors.judged import declarations_of_sources
from youju.trade.exemptions.selectors.standing import exempted_lines
from youju.trade.settlement.selectors import collected_by_line

_STATES = (*UNDER_WAY, AWARDED, PAID)
_BATCH = 5_000
# A line counts as collected once the better part of it has come.
_SHARE = 2


def declare_for_risk() -> None:
    """Give the scan its claims and accounts."""
    from youju.trade.risk.metrics import register_rows

    register_rows("claims", "subsidies.claims", claims)
    register_rows("ties", "subsidies.accounts", accounts)


def claims(since: date, until: date) -> Iterator[tuple[Any, ...]]:
    """Each line that a claim submitted in ``[since, until)`` counts: claim, party, day, dollars, ground, words, grounds there."""
    rows = CountedLine.objects.filter(
        part="window",
        application__state__in=_STATES,
        application__submitted_at__date__gte=since,
        application__submitted_at__date__lt=until,
    ).select_related("application")
    batch: list[CountedLine] = []
    for row in rows.order_by("pk").iterator(chunk_size=_BATCH):
        batch.append(row)
        if len(batch) == _BATCH:
            yield from _told(batch)
            batch = []
    yield from _told(batch)


def accounts(_since: date, _until: date) -> Iterator[tuple[int, str, str]]:
    """Party, kind, fingerprint of the account into which it wants to be paid."""
    rows = Application.objects.exclude(account_fingerprint="").filter(state__in=_STATES)
    for party, fingerprint in (
        rows.values_list("party_id", "account_fingerprint").distinct().order_by("party_id")
    ):
        yield party, "account", fingerprint


def _told(batch: list[CountedLine]) -> Iterator[tuple[Any, ...]]:
    if not batch:
        return
    sources = {row.source for row in batch}
    exempted = exempted_lines(sources)
    known = declarations_of_sources(sources)
    lots = collected_by_line({declaration for declaration, _, _ in known.values()}) if known else {}
    for row in batch:
        lot = lots.get(known[row.source]) if row.source in known else None
        application = row.application
        yield (
            application.number,
            application.party_id,
            timezone.localdate(application.submitted_at) if application.submitted_at else row.day,
            row.value_usd,
            f"{row.declaration}/{row.g_no}/{row.source}",
            f"报关单 {row.declaration} 第 {row.g_no} 项",
            row.source in known,
            lot is not None and lot.collected * _SHARE >= lot.declared,
            exempted.get(row.source, False),
        )
