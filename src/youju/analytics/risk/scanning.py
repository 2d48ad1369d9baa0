"""The scan: every rule over a window of records; cases found by sets, each decided by the rule itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import pyarrow as pa

from youju.analytics.risk.peers import Peers, price
from youju.analytics.risk.queries import NEEDS, QUERIES
from youju.rules.findings import Finding
from youju.rules.law import PolicyValue, table
from youju.rules.trade.risk.judging import RULES, case_of, judge

_BATCH = 10_000
_SLACK = 0.999
_CAP = "customs.declaration.value_cap"
_ASKED = re.compile(r"\$(\w+)")
Told = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Found:
    """A hit before it is stored. ``evidence``: rows of kind, key, line, day, quantity, unit, usd, kg; ``figures``: its facts."""

    rule: str
    subject: str
    period: str
    day: date
    party_id: int | None
    stake: float
    finding: Finding
    figures: Mapping[str, Any]
    evidence: Sequence[Mapping[str, Any]]


def skipped(link: duckdb.DuckDBPyConnection) -> list[str]:
    """The rules that are not asked, since their table is not there."""
    there = _tables(link)
    return [rule for rule, needed in NEEDS.items() if needed not in there]


def scan(
    link: duckdb.DuckDBPyConnection,
    law: Mapping[str, PolicyValue],
    *,
    since: date,
    until: date,
    as_of: date,
    rules: Iterable[str] = RULES,
    peers: Iterable[Peers] | None = None,
    tell: Told | None = None,
) -> Iterator[Found]:
    """All hits of a window, rule by rule. Streams; memory holds the groups and not the hits.

    Args:
        link: :func:`youju.analytics.risk.relations.relations`.
        law: the parameters, those in force on ``as_of`` or others on trial.
        since, until: the days of what is judged, half open; peers and earlier months are whatever the tables hold.
        as_of: the day on which is judged: which version of a rule is in force, how long ago a release was.
        rules: which ones.
        peers: peers to judge by; counted over the lines where left out.
        tell: is told how many rules are done, of how many, and the next one.
    """
    there = _tables(link)
    wanted = [rule for rule in rules if NEEDS.get(rule, "lines") in there]
    if {"RSK-001", "RSK-013"} & set(wanted):
        price(link, least=float(str(law["trade.risk.price_usd_least"])), known=peers)
    _capacities(link, law)
    given = parameters(law) | {"since": since, "until": until, "as_of": as_of, "slack": _SLACK}
    for done, rule in enumerate(wanted):
        if tell:
            tell(done, len(wanted), rule)
        yield from _hits(link, rule, law, given, as_of)
    if tell:
        tell(len(wanted), len(wanted), "")


def cases(link: duckdb.DuckDBPyConnection, rule: str, given: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The cases that a rule's net holds, one dictionary each."""
    text = QUERIES[rule]
    reader = link.execute(text, {name: given[name] for name in set(_ASKED.findall(text))})
    names = [each[0] for each in reader.description]
    while rows := reader.fetchmany(_BATCH):
        for row in rows:
            yield dict(zip(names, row, strict=True))


def _hits(
    link: duckdb.DuckDBPyConnection,
    rule: str,
    law: Mapping[str, PolicyValue],
    given: Mapping[str, Any],
    as_of: date,
) -> Iterator[Found]:
    for row in cases(link, rule, given):
        case = case_of(rule, row)
        finding = judge(rule, case, law, as_of)
        if finding is None:
            continue
        figures = {name: getattr(case, name) for name in type(case).__dataclass_fields__}
        yield Found(
            rule, row["subject"], row["period"], row["day"], row["party_id"], row["stake"] or 0.0, finding, figures,
            row["evidence"],
        )  # fmt: skip


def _tables(link: duckdb.DuckDBPyConnection) -> set[str]:
    rows = link.execute("SELECT table_name FROM information_schema.tables").fetchall()
    return {name for (name,) in rows}


def parameters(law: Mapping[str, PolicyValue]) -> dict[str, Any]:
    """Every scalar and list of this room's policies under its last name, and the few of other rooms."""
    given: dict[str, Any] = {}
    for name in law:
        if name.startswith("trade.risk."):
            value = law[name]
            if isinstance(value, Decimal):
                given[name.rpartition(".")[2]] = float(value)
            elif isinstance(value, int):
                given[name.rpartition(".")[2]] = value
            elif isinstance(value, tuple):
                given[name.rpartition(".")[2]] = list(value)
    given["cap"] = float(str(law[_CAP]))
    words = law["trade.goods.watched_brands"]
    given["watched_brands"] = (
        "|".join(re.escape(str(each).upper()) for each in words) if isinstance(words, tuple) else ""
    )
    kinds = law["trade.goods.authorised_brand_kinds"]
    given["authorised_brand_kinds"] = list(kinds) if isinstance(kinds, tuple) else []
    return given


def _capacities(link: duckdb.DuckDBPyConnection, law: Mapping[str, PolicyValue]) -> None:
    kinds = table(law, "trade.packing.container_types")
    rows: list[Any] = [(kind, value) for kind, value in kinds.items()]
    link.register(
        "capacities",
        pa.table(
            {
                "kind": pa.array([kind for kind, _ in rows], pa.string()),
                "payload": pa.array([float(value["payload"]) for _, value in rows], pa.float64()),
                "capacity": pa.array([float(value["volume"]) for _, value in rows], pa.float64()),
            }
        ),
    )
