"""Generated policies and parties: every shape, with and without caps; amounts in cents, days about 2023."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from subsidy_texts import plain
from youju.rules.funds.subsidies.facts import CostFact, ExportFact, PartyFacts
from youju.rules.funds.subsidies.reading import read_policy
from youju.rules.funds.subsidies.texts import PolicyText

COUNTRIES, CODES = ("BR", "DE", "RU"), ("4202220000", "4202310000", "6402990000")
KINDS = ("stall", "platform", "credit_insurance")
BASE = {"from": "2022-01-01", "to": "2023-01-01"}


def _money(most: int = 10**9, least: int = 0) -> st.SearchStrategy[str]:
    return st.integers(least, most).map(lambda cents: f"{Decimal(cents).scaleb(-2):f}")


_RATE = st.integers(1, 200_000).map(lambda millionths: f"{Decimal(millionths).scaleb(-6):f}")


@st.composite
def _steps(draw: st.DrawFn, whole: bool, rising: bool) -> list[dict[str, str]]:
    starts = sorted(draw(st.sets(st.integers(0, 10**8), min_size=1, max_size=4)))
    rates = draw(st.lists(_RATE, min_size=len(starts), max_size=len(starts)))
    amounts = draw(st.lists(st.integers(1, 10**6), min_size=len(starts), max_size=len(starts)))
    if rising:
        rates, amounts = sorted(rates, key=Decimal), sorted(amounts)
    steps = []
    for start, rate, amount in zip(starts, rates, amounts, strict=True):
        step = {"from": f"{Decimal(start).scaleb(-2):f}", "rate": rate}
        if whole:
            step["amount"] = f"{Decimal(amount).scaleb(-2):f}"
        steps.append(step)
    return steps


@st.composite
def clauses(draw: st.DrawFn, rising: bool = False) -> dict[str, Any]:
    """One clause of any shape, but for its id."""
    shape = draw(
        st.sampled_from(("flat_rate", "increment", "tiers", "per_container", "cost_share", "first_export"))
    )
    clause: dict[str, Any] = {"title": "条款", "reference": "第一条", "shape": shape}
    match shape:
        case "flat_rate":
            clause["rate"] = draw(_RATE)
        case "increment":
            clause |= {
                "rate": draw(_RATE),
                "base": BASE,
                "threshold": draw(_money()),
                "deductible": draw(st.booleans()),
            }
        case "tiers":
            whole = draw(st.booleans())
            clause |= {"whole": whole, "steps": draw(_steps(whole, rising))}
        case "cost_share":
            share = draw(st.integers(1, 1_000_000))
            kinds = draw(st.sets(st.sampled_from(KINDS), min_size=1))
            clause |= {"kinds": sorted(kinds), "share": f"{Decimal(share).scaleb(-6):f}"}
            if draw(st.booleans()):
                clause["each_cap"] = draw(_money(10**6, 1))
        case _:
            clause["amount"] = draw(_money(10**6, 1))
    if shape != "cost_share" and draw(st.booleans()):
        clause["only"] = {"partners": ["BR", "RU"], "products": [draw(st.sampled_from(("42", "4202", "64")))]}
    if draw(st.booleans()):
        clause["cap"] = draw(_money(10**7, 1))
    return clause


@st.composite
def policies(draw: st.DrawFn, rising: bool = False) -> PolicyText:
    """A policy of one to four clauses."""
    made = draw(st.lists(clauses(rising), min_size=1, max_size=4))
    terms: dict[str, Any] = {"party_cap": draw(_money(10**8, 1)) if draw(st.booleans()) else None}
    if draw(st.booleans()):
        terms["eligible"] = {"roles": ["merchant"], "least_usd": draw(_money(10**7))}
    return read_policy(plain(*({**clause, "id": f"c{n}"} for n, clause in enumerate(made)), **terms))


_days = st.integers(-400, 420).map(lambda days: date(2023, 1, 1) + timedelta(days=days))


@st.composite
def party_facts(draw: st.DrawFn, party: str = "P") -> PartyFacts:
    """A merchant on file with exports of two years and costs; every export stands among those of the base as well."""
    goods = tuple(
        ExportFact(f"E{n}", day, Decimal(usd).scaleb(-2), Decimal(teu).scaleb(-6), party, country, code)
        for n, (day, usd, teu, country, code) in enumerate(
            draw(
                st.lists(
                    st.tuples(
                        _days,
                        st.integers(0, 10**8),
                        st.integers(0, 2 * 10**6),
                        st.sampled_from(COUNTRIES),
                        st.sampled_from(CODES),
                    ),
                    max_size=8,
                )
            )
        )
    )
    costs = tuple(
        CostFact(f"C{n}", kind, day, Decimal(cny).scaleb(-2), party)
        for n, (day, kind, cny) in enumerate(
            draw(st.lists(st.tuples(_days, st.sampled_from(KINDS), st.integers(1, 10**7)), max_size=5))
        )
    )
    return PartyFacts(
        party, frozenset({"merchant"}), date(2021, 1, 1), exports=goods, base_exports=goods, costs=costs,
        first_export_on=min((fact.day for fact in goods), default=None),
    )  # fmt: skip
