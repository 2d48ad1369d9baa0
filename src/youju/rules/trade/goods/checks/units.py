"""The deal unit beside the statutory units."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

from youju.rules.findings import Finding, Severity
from youju.rules.law import Table, table
from youju.rules.registry import rule
from youju.rules.trade.goods.checks.places import START, LawOf, says
from youju.rules.trade.goods.facts import Facts

UNITS = "units"
SAME = "trade.goods.unit_synonyms"


def conversion(unit: str, statutory: str, law: LawOf) -> Decimal | None:
    """How many statutory units one deal unit is; ``None`` where nobody can say."""
    if unit == statutory or unit in cast("tuple[str, ...]", table(law, SAME).get(statutory, ())):
        return Decimal(1)
    known = table(law, UNITS)
    mine, theirs = cast("Table | None", known.get(unit)), cast("Table | None", known.get(statutory))
    if mine is None or theirs is None or mine["kind"] != theirs["kind"]:
        return None
    return Decimal(str(mine["factor"])) / Decimal(str(theirs["factor"]))


def _unlike(facts: Facts) -> tuple[str, ...]:
    """The statutory units, where the deal unit is none of them."""
    line = facts.tariff.line
    if line is None or not line.units or facts.good.unit in line.units:
        return ()
    return line.units


def _known(facts: Facts, law: LawOf) -> tuple[str, Decimal] | None:
    for statutory in _unlike(facts):
        factor = conversion(facts.good.unit, statutory, law)
        if factor is not None:
            return statutory, factor
    return None


@rule(
    "REC-017",
    title="成交单位可换算为法定单位",
    basis="customs-tariff#units",
    since=START,
    severity=Severity.HINT,
    scope="good",
    parameters=(UNITS, SAME),
)
def unit_converts(facts: Facts, law: LawOf) -> Finding | None:
    """成交单位与法定单位不同、可以换算的，申报时按换算后的数量填报。"""
    found = _known(facts, law)
    if found is None:
        return None
    statutory, factor = found
    return says(
        "unit",
        f"成交单位“{facts.good.unit}”与法定单位“{statutory}”不同。",
        f"申报时按 1 {facts.good.unit} = {factor.normalize():f} {statutory} 换算。",
    )


@rule(
    "REC-018",
    title="成交单位与法定单位的换算写明",
    basis="customs-tariff#units",
    since=START,
    severity=Severity.WARNING,
    scope="good",
    parameters=(UNITS, SAME),
)
def unit_is_explained(facts: Facts, law: LawOf) -> Finding | None:
    """成交单位与法定单位不同又不能换算的，要说明怎样得出法定数量。"""
    statutory = _unlike(facts)
    if not statutory or _known(facts, law) is not None:
        return None
    return says(
        "unit",
        f"成交单位“{facts.good.unit}”与法定单位“{'、'.join(statutory)}”不同，也不能换算。",
        f"请改用“{statutory[0]}”成交，或说明 1 {facts.good.unit} 合多少{statutory[0]}。",
    )
