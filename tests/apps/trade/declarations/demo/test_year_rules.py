"""The demo year by the rules: right but where it is wrong on purpose, and there the rules find it."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

import pytest

from youju.foundation.policies import law_on
from youju.rules.findings import Finding, Severity
from youju.rules.trade.declarations.checking import check_plan
from youju.rules.trade.declarations.facts import Declaration, DeclarationPlan
from youju.rules.trade.packing.amounts import Amounts, total
from youju.rules.trade.packing.facts import ContainerFacts, PackingFacts, PartFacts
from youju.rules.trade.packing.judging import judge
from youju.rules.trade.parties.roles import PartyRole
from youju.trade.declarations.demo.making import usd_rates
from youju.trade.declarations.demo.records import Filing, MadeDeclaration
from youju.trade.declarations.documents.message import message
from youju.trade.orders.demo.judging import judged
from youju.trade.orders.demo.partners import Partners
from youju.trade.packing.demo.making import amounts_of
from youju.trade.parties.demo.tables import authored

PLANTED = authored("planted_year")["planted"]


def _planned(filing: Filing) -> DeclarationPlan:
    """The declarations as they were made, as a plan for the rules: the last version of each."""
    assert filing.plan is not None
    last: dict[str, MadeDeclaration] = {made.number: made for made in filing.declarations}
    declared = tuple(
        Declaration(
            place,
            tuple(dict.fromkeys(source.order.number for each in made.lines for source in each.sources)),
            made.currency,
            tuple(each.line for each in made.lines),
        )
        for place, made in enumerate(last.values(), 1)
    )
    return DeclarationPlan(declared, filing.plan.made.refused, filing.plan.made.proof)


def _of_declarations(filing: Filing) -> list[Finding]:
    plan = filing.plan
    if plan is None or not filing.declarations:
        return []
    return check_plan(_planned(filing), plan.orders, law_on(plan.as_of), usd_rates(plan.as_of))


def _of_packing(filing: Filing) -> list[Finding]:
    packing = filing.shipment.packing
    if packing is None:
        return []
    boxes = [
        ContainerFacts(box.number, box.kind, total([each.amounts for each in box.packed]))
        for box in packing.containers
    ]
    parts = [
        PartFacts(
            part.order.number, part.line.line_no, part.line.name, part.order.country, one.currency, part.order.agent,
            part.order.state == "confirmed", part.amounts, amounts_of(part.line), one.number, one.state == "closed",
        )
        for one in filing.shipment.consolidations
        for part in one.parts
    ]  # fmt: skip
    batch = filing.shipment.batch
    facts = PackingFacts(packing.packed_on, batch.country, "", batch.agent, parts, boxes)
    return list(judge(facts, law_on(packing.packed_on)))


def test_every_order_passes_the_rules(right: list[Filing], partners: Partners) -> None:
    for filing in right:
        for order in filing.shipment.batch.orders:
            found = [each for each in judged(order, partners).findings if each.severity is not Severity.HINT]
            assert not found, (order.number, found)


def test_every_packing_passes_the_rules(right: list[Filing]) -> None:
    for filing in right:
        assert not _of_packing(filing), filing.shipment.batch.key


def test_every_declaration_passes_the_rules(right: list[Filing]) -> None:
    checked = 0
    for filing in right:
        assert not _of_declarations(filing), filing.shipment.batch.key
        checked += bool(filing.declarations)
        assert filing.plan is None or filing.plan.made.proof.optimal
    assert checked > 40


def test_sums_agree_to_the_cent_from_order_to_declaration(right: list[Filing]) -> None:
    for filing in right:
        packing = filing.shipment.packing
        inside: dict[tuple[str, int], Amounts] = defaultdict(Amounts)
        for each in packing.packed if packing else ():
            inside[each.order.number, each.line.line_no] += each.amounts
        for one in filing.shipment.consolidations:
            for part in one.parts:
                if packing is not None and packing.state == "closed":
                    assert inside[part.order.number, part.line.line_no] == part.amounts
        for made in filing.declarations:
            for line in made.lines:
                assert line.line.cents == 100 * sum(source.amounts.amount for source in line.sources)
                assert line.line.net_weight == sum(source.amounts.net_weight for source in line.sources)
        live = [s.number for m in filing.declarations if m.live for line in m.lines for s in line.sources]
        assert len(live) == len(set(live))


def test_an_order_is_packed_whole_or_waits(right: list[Filing]) -> None:
    for filing in right:
        if filing.shipment.batch.stage == "gathering":
            taken = [part for one in filing.shipment.consolidations for part in one.parts]
            assert 0 < len(taken) < sum(len(order.lines) for order in filing.shipment.batch.shipped) + 1
        elif filing.shipment.consolidations:
            taken = [part for one in filing.shipment.consolidations for part in one.parts]
            assert total([part.amounts for part in taken]) == total(
                [amounts_of(line) for order in filing.shipment.batch.shipped for line in order.lines]
            )


def test_messages_of_the_year_lack_nothing(right: list[Filing]) -> None:
    for filing in [each for each in right if each.declarations][:12]:
        for made, planned in zip(filing.declarations, _planned(filing).declarations, strict=False):
            box = message(planned, law_on(made.declared_on), made.header)
            assert not [each for each in box.missing if each.line is None], box.missing


@pytest.mark.parametrize("entry", PLANTED, ids=lambda entry: f"{entry['id']}-{entry['kind']}")
def test_what_is_planted_is_found_where_a_rule_exists(
    entry: dict[str, Any], made: list[Filing], partners: Partners
) -> None:
    filing = next(each for each in made if each.shipment.batch.plant.get("id") == entry["id"])
    orders = filing.shipment.batch.orders
    assert [order.number for order in orders] == entry["orders"]
    found = {each.rule for each in [*_of_packing(filing), *_of_declarations(filing)]}
    for place, order in enumerate(orders):
        twin = orders[0].number if entry["kind"] == "twin" and place else ""
        found |= {
            each.rule for each in judged(order, partners, twin).findings if each.severity is not Severity.HINT
        }
    assert found == set(entry["rules"])


def test_soft_findings_of_what_is_planted_were_explained(made: list[Filing]) -> None:
    told = [f for e in made for order in e.shipment.batch.orders for f in order.findings]
    assert {each.rule for each in told} == {"ORD-014", "ORD-024", "ORD-033", "ORD-037"}
    assert all(each.explanation and each.severity == "warning" for each in told)


def test_what_no_rule_finds_yet_is_there_all_the_same(made: list[Filing], partners: Partners) -> None:
    by = {e.shipment.batch.plant["id"]: e for e in made if e.shipment.batch.plant}

    def packing(name: str) -> Any:
        return by[name].shipment.packing

    assert packing("YP-03").containers[0].number == packing("YP-04").containers[0].number
    assert packing("YP-03").packed_on == packing("YP-04").packed_on
    assert packing("YP-05").bill_of_lading == packing("YP-06").bill_of_lading
    phones = authored("planted")["parties"][0]
    assert phones["ordinals"] == [order.merchant for order in by["YP-14"].shipment.batch.orders]
    assert len({order.buyer for order in by["YP-14"].shipment.batch.orders}) == 1
    (new,) = {order.merchant for order in by["YP-15"].shipment.batch.orders}
    days = [
        (o.ordered_on - partners.one(PartyRole.MERCHANT, new).valid_from).days
        for o in by["YP-15"].shipment.batch.orders
    ]
    assert 0 <= min(days) <= max(days) < 10
    assert sum(order.amount for order in by["YP-16"].shipment.batch.orders) > Decimal(480_000)
    merged = [line for made in by["YP-17"].declarations for line in made.lines if line.line.merged]
    hidden = [line for line in merged if any(s.line.hs_code == "4104111100" for s in line.sources)]
    assert hidden[0].line.hs_code != "4104111100"


def test_the_file_says_why_the_rest_is_not_planted() -> None:
    told = authored("planted_year")
    assert {each["abuse"] for each in PLANTED} | {each["abuse"] for each in told["not_yet"]} == set(
        range(1, 13)
    )
    assert all(each["constraint"] for each in told["impossible"])
    numbers = [
        number for each in PLANTED for number in (each["packing"], *each["orders"], *each["declarations"])
    ]
    assert len(numbers) == len(set(numbers))
