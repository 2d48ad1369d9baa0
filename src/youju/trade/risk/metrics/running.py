"""The scan over the records: tables copied out, rules asked, peers counted, components found."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from youju.analytics.risk.peers import Peers, counted, price
from youju.analytics.risk.relations import relations
from youju.analytics.risk.scanning import Found, scan, skipped
from youju.foundation.kernel import places
from youju.rules.law import PolicyValue, whole
from youju.rules.trade.risk.judging import RULES
from youju.rules.trade.risk.linking import components
from youju.trade.risk.metrics.reading import copied

_BACK = timedelta(days=400)
Tell = Callable[[int, int, str], None]


@dataclass(slots=True)
class Run:
    """A scan under way: ``hits`` streams what is found; the rest is known once the block has begun."""

    hits: Iterator[Found]
    lines: int = 0
    peers: list[Peers] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


@contextmanager
def run(
    law: Mapping[str, PolicyValue],
    *,
    since: date,
    until: date,
    as_of: date,
    rules: Iterable[str] = RULES,
    peers: Iterable[Peers] | None = None,
    tell: Tell | None = None,
) -> Iterator[Run]:
    """Scan the records of ``[since, until)``; peers, months and numbers used before are looked at over the policy's months.

    Who asks must reach every row: peers of whom one sees a part are none.
    """
    start = min(before(since, whole(law, "trade.risk.peers_months")), since - _BACK)
    with copied(start, until) as files, relations(files, threads=2, spill=_spill()) as link:
        price(link, least=float(str(law["trade.risk.price_usd_least"])), known=peers)
        row = link.execute(
            "SELECT count(*) FROM lines WHERE ordered_on >= $since", {"since": since}
        ).fetchone()
        found = counted(link)
        yield Run(
            scan(link, law, since=since, until=until, as_of=as_of, rules=rules, peers=found, tell=tell),
            int(row[0]) if row else 0,
            found,
            skipped(link),
        )


def trial(law: Mapping[str, PolicyValue], rule: str, *, since: date, until: date, as_of: date) -> list[Found]:
    """What one rule finds in a window under other parameters. Nothing is stored."""
    with run(law, since=since, until=until, as_of=as_of, rules=(rule,)) as found:
        return list(found.hits)


def components_now(until: date) -> dict[int, list[int]]:
    """Which parties hang together by what they share, over all on file: least member → members. Crowded marks are left out."""
    from youju.foundation.policies import law_on

    most = whole(law_on(until), "trade.risk.tie_most")
    with copied(until, until, ("ties",)) as files, relations(files, threads=2) as link:
        rows = link.execute(
            "SELECT kind, value, party_id FROM ties JOIN (SELECT kind, value FROM ties WHERE value <> '' GROUP BY ALL"
            " HAVING count(DISTINCT party_id) BETWEEN 2 AND $most) USING (kind, value)",
            {"most": most},
        ).fetchall()
    return components(rows)


def before(day: date, months: int) -> date:
    """So many months before a day, or the last day of that month."""
    place = day.year * 12 + day.month - 1 - months
    year, month = divmod(place, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _spill() -> Path:
    return places.var() / "tmp"
