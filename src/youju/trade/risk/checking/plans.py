"""A plan before its declarations are made: containers and bills used elsewhere, loads, hidden goods, deals cut up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from youju.foundation.kernel.context import reaching_all
from youju.foundation.policies import law_on
from youju.rules.findings import Finding, Severity
from youju.rules.law import Law, table
from youju.rules.trade.risk.facts import ContainerCase, FilingCase, HiddenCase, SpreadCase
from youju.rules.trade.risk.judging import Case, judge
from youju.trade.declarations.services import PlanCase
from youju.trade.goods.selectors.tradable import controlled_on
from youju.trade.orders.selectors import month_rates
from youju.trade.packing.selectors.loads import loads_like, loads_of

# Whose packing it is is nobody's business here; the nightly hit, which the centre sees, names it.
_OTHER = "（另一张）"


def findings(case: PlanCase) -> list[Finding]:
    """What the rules that the policy names say of a plan. Three queries, four with several currencies."""
    law = law_on(case.day)
    wanted = table(law, "trade.risk.on_plan")
    found = []
    # Another agent's packing is beyond the asker's reach, and just that one matters here.
    with reaching_all():
        cases = [*_loads(case, law), *_hidden(case, law), *_spread(case)]
    for rule, each in cases:
        severity = wanted.get(rule)
        said = judge(rule, each, law, case.day) if severity else None
        if said is not None:
            found.append(replace(said, severity=Severity(str(severity))))
    return found


def _loads(case: PlanCase, law: Law) -> Iterator[tuple[str, Case]]:
    own = loads_of(case.packing)
    if not own:
        return
    kinds: Any = table(law, "trade.packing.container_types")
    for each in own:
        known = kinds.get(each.kind)
        if known is not None:
            yield (
                "RSK-005",
                ContainerCase(
                    each.container,
                    each.kind,
                    each.gross_weight,
                    each.volume,
                    float(known["payload"]),
                    float(known["volume"]),
                ),
            )
    numbers = {each.container for each in own}
    for other in loads_like(case.packing, sorted(numbers), own[0].bill):
        days = abs((own[0].packed_on - other.packed_on).days)
        if other.container in numbers:
            yield "RSK-002", FilingCase(other.container, case.packing, _OTHER, days)
        if other.bill and other.bill == own[0].bill:
            yield "RSK-014", FilingCase(other.bill, case.packing, _OTHER, days)


def _hidden(case: PlanCase, law: Law) -> Iterator[tuple[str, Case]]:
    merged = [(made, line) for made in case.declarations for line in made.lines if line.merged]
    codes = {case.goods[number].hs_code for _, line in merged for number in line.sources}
    known = controlled_on(codes, case.day) if codes else {}
    for made, line in merged:
        for number in line.sources:
            good = case.goods[number]
            if what := _controlled(good.hs_code, known, law):
                yield (
                    "RSK-010",
                    HiddenCase(
                        good.name, good.hs_code, f"第 {made.number} 票", line.number, merged=True, what=what
                    ),
                )


def _controlled(code: str, known: Any, law: Law) -> str:
    conditions: Any = table(law, "customs.supervision_conditions")
    supervision, duty, inspection = known.get(code, ("", False, False))
    bans = any(conditions.get(each, {}).get("effect") == "ban" for each in supervision)
    if bans or any(code.startswith(prefix) for prefix in table(law, "customs.banned_exports")):
        return "banned"
    return "duty" if duty else "inspection" if inspection else ""


def _spread(case: PlanCase) -> Iterator[tuple[str, Case]]:
    deals: dict[tuple[str, str], dict[int, float]] = defaultdict(lambda: defaultdict(float))
    rates = month_rates(case.day) if any(made.currency != "USD" for made in case.declarations) else {}
    for made in case.declarations:
        dollar = rates.get("USD")
        rate = 1.0 if made.currency == "USD" else float(rates[made.currency] / dollar) if dollar else 0.0
        for line in made.lines:
            for number in line.sources:
                good = case.goods[number]
                deals[good.merchant, good.buyer][made.number] += float(good.amounts.amount) * rate
    for parts in deals.values():
        if len(parts) > 1:
            sums = [round(usd, 2) for usd in parts.values()]
            yield "RSK-017", SpreadCase(case.packing, case.day, len(sums), round(sum(sums), 2), min(sums))
