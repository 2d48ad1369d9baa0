"""Facts of a party from plain data: examples inside policies, the live example of the form, files of facts."""

from __future__ import annotations

from decimal import Decimal

from youju.rules.funds.subsidies.facts import CostFact, ExportFact, OtherAward, PartyFacts
from youju.rules.funds.subsidies.limits import CENTS, TEU
from youju.rules.funds.subsidies.reader import Reader
from youju.rules.funds.subsidies.shapes import COSTS


def facts_of(data: object, *, where: str = "示例") -> PartyFacts:
    """Read a party's facts. Without roles it is a merchant; keys are numbered unless said.

    Raises:
        PolicyTextError: what is wrong, where.
    """
    reader = Reader(data, where)
    party = reader.text("party", "示例")
    exports = tuple(_export(r, f"E{n}", party) for n, r in enumerate(reader.inners("exports"), 1))
    base = tuple(_export(r, f"B{n}", party) for n, r in enumerate(reader.inners("base_exports"), 1))
    first = reader.optional_day("first_export_on")
    facts = PartyFacts(
        party=party,
        roles=frozenset(reader.words("roles") or ("merchant",)),
        filed_on=reader.optional_day("filed_on"),
        valid_until=reader.optional_day("valid_until"),
        exports=exports,
        base_exports=base,
        costs=tuple(_cost(r, f"C{n}", party) for n, r in enumerate(reader.inners("costs"), 1)),
        first_export_on=first or min((fact.day for fact in (*base, *exports)), default=None),
        other_awards=tuple(_award(r) for r in reader.inners("other_awards")),
        judged_on=reader.optional_day("judged_on"),
        suspended=reader.flag("suspended"),
        evidence=frozenset(reader.words("evidence")) if reader.has("evidence") else None,
        name=party,
    )
    reader.done()
    return facts


def _export(reader: Reader, key: str, party: str) -> ExportFact:
    fact = ExportFact(
        key=reader.text("key", key),
        day=reader.day("day"),
        value_usd=reader.number("usd", places=CENTS),
        teu=reader.number("teu", places=TEU) if reader.has("teu") else Decimal(0),
        party=party,
        partner=reader.text("partner", ""),
        product=reader.text("product", ""),
        declaration=reader.text("declaration", ""),
        collected=reader.flag("collected") if reader.has("collected") else None,
        exempted=reader.flag("exempted") if reader.has("exempted") else None,
    )
    reader.done()
    return fact


def _cost(reader: Reader, key: str, party: str) -> CostFact:
    kind = reader.text("kind")
    if kind not in COSTS:
        raise reader.fault("kind", f"不认识“{kind}”", f"可以写：{'、'.join(COSTS)}")
    fact = CostFact(
        reader.text("key", key), kind, reader.day("day"), reader.number("cny", places=CENTS), party
    )
    reader.done()
    return fact


def _award(reader: Reader) -> OtherAward:
    award = OtherAward(
        policy=reader.text("policy"),
        amount=reader.number("cny", places=CENTS),
        awarded_on=reader.optional_day("awarded_on"),
        title=reader.text("title", ""),
    )
    reader.done()
    return award
