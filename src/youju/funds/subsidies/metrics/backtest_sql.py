"""A policy as SQL over sets, in whole numbers: cents, millionths of a rate and of a container.

The twin of ``rules.funds.subsidies.amounts``: rounded half up once at the same place, so that both give the same cents. Tables:
``exports`` (party, day, usd, teu, partner, product, collected, exempted), ``costs`` (party, day, kind, cny), ``parties`` (party,
fits, first_day); ``usd`` and ``cny`` are cents, ``teu`` millionths.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from youju.rules.funds.subsidies.shapes import (
    CostShare,
    FirstExport,
    FlatRate,
    Increment,
    PerContainer,
    Tiers,
    Window,
)
from youju.rules.funds.subsidies.texts import Clause, PolicyText

MILLION = 1_000_000
HALF = MILLION // 2


@dataclass(frozen=True, slots=True)
class ClauseSql:
    """A clause: the sums it needs of exports and of costs (column → aggregate), and its amount over those columns in cents."""

    exports: dict[str, str]
    base: dict[str, str]
    costs: dict[str, str]
    amount: str


def whole(number: Decimal, places: int) -> int:
    """A number in units of its last place."""
    return int(number.scaleb(places))


def clauses_sql(policy: PolicyText) -> tuple[ClauseSql, ...]:
    """The SQL of every clause, in order; columns are named ``c0_usd`` and so on."""
    return tuple(_clause(policy, clause, f"c{place}") for place, clause in enumerate(policy.clauses))


def exported_sql(policy: PolicyText) -> str:
    """USD cents of all exports that may count."""
    return f"coalesce(sum(usd) FILTER (WHERE {_proven(policy)}), 0)"


def _clause(policy: PolicyText, clause: Clause, name: str) -> ClauseSql:
    proven = " AND ".join([_proven(policy), *_only(clause)])
    usd, base, teu, covered = f"{name}_usd", f"{name}_base", f"{name}_teu", f"{name}_covered"
    exports: dict[str, str] = {usd: _sum("usd", proven)}
    bases: dict[str, str] = {}
    costs: dict[str, str] = {}
    match clause.shape:
        case FlatRate(rate):
            amount = _rounded(f"{usd}::HUGEINT * {whole(rate, 6)}")
        case Increment(rate, within, threshold, deductible):
            bases[base] = _sum("usd", " AND ".join([_within(within), *_only(clause)]))
            growth, over = f"({usd} - {base})", whole(threshold, 2)
            counted = f"({growth} - {over})" if deductible else growth
            paid = _rounded(f"{counted}::HUGEINT * {whole(rate, 6)}")
            amount = f"CASE WHEN {growth} > {over} THEN {paid} ELSE 0 END"
        case Tiers() as tiers:
            amount = _tiers(tiers, usd)
        case PerContainer(each):
            exports = {teu: _sum("teu", proven)}
            amount = _rounded(f"{teu}::HUGEINT * {whole(each, 2)}")
        case CostShare(kinds, share, each_cap):
            one = _rounded(f"cny::HUGEINT * {whole(share, 6)}")
            one = one if each_cap is None else f"least({one}, {whole(each_cap, 2)})"
            listed = ", ".join(f"'{kind}'" for kind in kinds)
            exports = {}
            costs[covered] = _sum(one, f"{_within(policy.window)} AND kind IN ({listed})")
            amount = covered
        case FirstExport(each):
            first = f"{name}_first"
            exports = {first: f"coalesce(bool_or({proven} AND day = first_day), false)::INT"}
            amount = f"{first} * {whole(each, 2)}"
    if clause.cap is not None:
        amount = f"least({amount}, {whole(clause.cap, 2)})"
    return ClauseSql(exports, bases, costs, amount)


def _tiers(tiers: Tiers, usd: str) -> str:
    if tiers.whole:
        cases = " ".join(
            f"WHEN {usd} >= {whole(step.start, 2)} THEN "
            + _rounded(f"({usd}::HUGEINT * {whole(step.rate, 6)} + {whole(step.amount, 2) * MILLION})")
            for step in reversed(tiers.steps)
        )
        return f"CASE WHEN {usd} <= 0 THEN 0 {cases} ELSE 0 END"
    return _rounded(f"({' + '.join(_parts(tiers, usd))})")


def _parts(tiers: Tiers, usd: str) -> Iterator[str]:
    ends = [whole(step.start, 2) for step in tiers.steps[1:]]
    for place, step in enumerate(tiers.steps):
        upper = f"least({usd}, {ends[place]})" if place < len(ends) else usd
        yield f"greatest({upper} - {whole(step.start, 2)}, 0)::HUGEINT * {whole(step.rate, 6)}"


def _rounded(millionths: str) -> str:
    """Millionths of a cent (not negative) → cents, half up."""
    return f"(({millionths} + {HALF}) // {MILLION})::BIGINT"


def _sum(what: str, where: str) -> str:
    return f"coalesce(sum({what}) FILTER (WHERE {where}), 0)::BIGINT"


def _proven(policy: PolicyText) -> str:
    asked = [_within(policy.window)]
    asked += ["coalesce(collected, false)"] if policy.collected else []
    asked += ["coalesce(exempted, false)"] if policy.exempted else []
    return " AND ".join(asked)


def _within(window: Window) -> str:
    return f"day >= {_day(window.start)} AND day < {_day(window.end)}"


def _day(day: date) -> str:
    return f"DATE '{day.isoformat()}'"


def _only(clause: Clause) -> list[str]:
    """Codes were checked when the text was read: letters and digits alone."""
    asked = []
    if clause.only.partners:
        listed = ", ".join(f"'{each}'" for each in clause.only.partners)
        asked.append(f"partner IN ({listed})")
    if clause.only.products:
        begins = " OR ".join(f"starts_with(product, '{each}')" for each in clause.only.products)
        asked.append(f"({begins})")
    return asked
