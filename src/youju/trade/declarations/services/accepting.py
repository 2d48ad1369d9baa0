"""A plan becomes declarations: their lines and the packed goods in each, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from youju.foundation.audit.services import record, record_many
from youju.foundation.identity.permissions import require
from youju.foundation.identity.selectors import organisation_codes
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import policy_hash
from youju.foundation.workflow.services import start_many
from youju.rules.law import Law
from youju.rules.trade.declarations.checking import check_plan
from youju.rules.trade.declarations.declaring import declare
from youju.rules.trade.declarations.facts import Declaration as Made
from youju.rules.trade.declarations.facts import DeclarationPlan, Proof, Refusal
from youju.rules.trade.declarations.lifecycle import DECLARATION_FLOW
from youju.rules.trade.declarations.money import amount_of, in_cny, shares_in_cny
from youju.rules.trade.declarations.terms import terms_of
from youju.trade.declarations import events, permissions
from youju.trade.declarations.facts import Goods, goods_of, statutory, usd_rates
from youju.trade.declarations.models import Declaration, DeclaredLine, Plan, SourceLine
from youju.trade.declarations.services.carrying import begun_header
from youju.trade.declarations.services.checking import PlanCase, refuse_unexplained, said_of_plan
from youju.trade.declarations.services.moving import opened
from youju.trade.declarations.services.planning import undeclared
from youju.trade.declarations.services.refusing import (
    RefusedDeclaration,
    law_of,
    next_numbers,
    plan_subject,
    rates_for,
    subject_of,
)
from youju.trade.packing.selectors import PackedFacts
from youju.trade.parties.selectors.partners import Partner, organisations_of, partners

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_TAKEN = "declarations_source_once"


@transaction.atomic
def accept_plan(
    *, actor: User, plan_id: int, expected: int | None = None, explanation: str = ""
) -> list[Declaration]:
    """Make the declarations of a plan, as moved by the officer. Orders that were refused stay in the packing, undeclared.

    Raises:
        PermissionDenied: the actor may not plan, or takes no part.
        InputError: no such plan (404); it is not open, was changed, is stale, has no declaration, or somebody else declared
            some of the goods meanwhile (409); no rates of the month (409); what rooms above find is not explained (422).
        RefusedDeclaration: a rule forbids it by the law of today's product; then it must be planned anew.
    """
    require(actor, permissions.PLAN)
    row, packed = opened(actor, plan_id, expected)
    goods = goods_of(undeclared(actor, packed))
    law = law_of(row.as_of)
    made = _made(row, goods, law)
    rates = rates_for(row.as_of, {each.currency for each in made})
    _check(row, made, goods, law, rates)
    said = said_of_plan(PlanCase(packed.number, row.as_of, made, goods.lines))
    refuse_unexplained(said, explanation, row.as_of)
    parties = partners(
        {
            packed.agent[0],
            *(number for line in goods.lines.values() for number in (line.merchant, line.buyer)),
        }
    )
    broker = organisations_of([row.broker_id]).get(row.broker_id) if row.broker_id else None
    header = begun_header(packed, row.as_of, row.broker_id)
    numbers = next_numbers(len(made), f"{timezone.localdate():%y%m%d}")
    rows = [
        _declaration(actor, row, packed, each, number=number, rate=rates[each.currency], header=header)
        for number, each in zip(numbers, made, strict=True)
    ]
    for each, declaration in zip(made, rows, strict=True):
        declaration.organisations, declaration.sections = _reach(packed, each, goods, parties, broker)
    try:
        with transaction.atomic():
            Declaration.objects.bulk_create(rows)
            _write_lines(made, rows, goods, law)
    except IntegrityError as error:
        if _TAKEN not in str(error):
            raise
        raise InputError(
            "有的货刚被别人做进了另一票报关单", where=packed.number, how="请重新分票", status=409
        ) from error
    _begin(actor, packed, rows, broker)
    row.state = "accepted"
    row.revision += 1
    row.accepted_by, row.accepted_at = actor.username, timezone.now()
    row.proof = row.proof | {
        "said": [each.as_json() for each in said],
        "explained": explanation.strip()[:1000],
    }
    row.save(update_fields=["state", "revision", "accepted_by", "accepted_at", "proof"])
    record(
        events.PLAN_ACCEPTED,
        plan_subject(row, packed.number),
        {"state": "proposed"},
        {"declarations": numbers}
        | ({"explained": explanation.strip()[:1000]} if said and explanation else {}),
    )
    return rows


def _made(row: Plan, goods: Goods, law: Law) -> list[Made]:
    if not row.groups:
        raise InputError(
            "方案里没有可以申报的交易单", where="分票方案", how="请看各单为什么不受理", status=409
        )
    terms = terms_of(law)
    return [
        declare(number, [goods.orders[order] for order in group], terms)
        for number, group in enumerate(row.groups, 1)
    ]


def _check(row: Plan, made: Sequence[Made], goods: Goods, law: Law, rates: Mapping[str, Decimal]) -> None:
    refused = tuple(Refusal(each["order"], each["rule"], each["message"]) for each in row.refused)
    plan = DeclarationPlan(tuple(made), refused, Proof(len(made), 0, 0.0))
    if found := check_plan(plan, goods.all_orders, law, usd_rates(rates)):
        raise RefusedDeclaration(found)


def _declaration(
    actor: User,
    plan: Plan,
    packed: PackedFacts,
    made: Made,
    *,
    number: str,
    rate: Decimal,
    header: Mapping[str, str],
) -> Declaration:
    amount = amount_of(made.cents)
    return Declaration(
        number=number,
        plan=plan,
        packing_id=packed.id,
        agent_id=packed.agent_id,
        broker_id=plan.broker_id,
        declared_on=plan.as_of,
        country=packed.country,
        port=header.get("IEPort", ""),
        transport_mode=header.get("TrafMode", "") or packed.transport_mode,
        currency=made.currency,
        rate=rate,
        amount=amount,
        amount_cny=in_cny(amount, rate),
        packages=sum(line.packages for line in made.lines),
        net_weight=sum((line.net_weight for line in made.lines), Decimal(0)),
        gross_weight=sum((line.gross_weight for line in made.lines), Decimal(0)),
        header=dict(header),
        as_of=plan.as_of,
        policy_hash=policy_hash(),
        created_by=actor.username,
        is_demo=packed.is_demo,
    )


def _write_lines(made: Sequence[Made], rows: Sequence[Declaration], goods: Goods, law: Law) -> None:
    weight = terms_of(law).weight_unit
    lines, sources = [], []
    for each, declaration in zip(made, rows, strict=True):
        known = {line.number: line for order in each.orders for line in goods.orders[order].lines}
        for line in each.lines:
            (quantity1, unit1), (quantity2, unit2) = statutory(line, [known[n] for n in line.sources], weight)
            own = next(n for n in line.sources if known[n].kind == (line.hs_code, line.name))
            stored = DeclaredLine(
                declaration=declaration,
                g_no=line.number,
                hs_code=line.hs_code,
                chapter=line.hs_code[:2],
                name=line.name,
                model=goods.lines[own].model,
                quantity=line.quantity,
                unit=line.unit,
                quantity1=quantity1,
                unit1=unit1,
                quantity2=quantity2,
                unit2=unit2,
                amount=amount_of(line.cents),
                net_weight=line.net_weight,
                gross_weight=line.gross_weight,
                packages=line.packages,
                merged=line.merged,
            )
            lines.append(stored)
            sources += [(stored, number) for number in line.sources]
    DeclaredLine.objects.bulk_create(lines)
    merchants = partners(line.merchant for line in goods.lines.values())
    made_sources = [
        SourceLine(
            line=stored,
            packed_id=packed,
            order_line_id=goods.lines[number].order_line,
            merchant_id=merchants[goods.lines[number].merchant].id,
            quantity=part.quantity,
            amount=part.amount,
            net_weight=part.net_weight,
            gross_weight=part.gross_weight,
            packages=part.packages,
        )
        for stored, number in sources
        for packed, part in zip(goods.lines[number].packed, goods.lines[number].parts, strict=True)
    ]
    _convert(made_sources)
    SourceLine.objects.bulk_create(made_sources)


def _convert(sources: Sequence[SourceLine]) -> None:
    """Fill in the CNY of each declaration's sources; they stand together, declaration by declaration."""
    for declaration, parts in groupby(sources, key=lambda each: each.line.declaration):
        rows = list(parts)
        shares = shares_in_cny((row.amount for row in rows), declaration.rate)
        for row, share in zip(rows, shares, strict=True):
            row.amount_cny = share


def _reach(
    packed: PackedFacts, made: Made, goods: Goods, parties: Mapping[str, Partner], broker: int | None
) -> tuple[list[int], list[str]]:
    """Who takes part: of the packing's organisations those that are no merchant or buyer, and those whose goods stand in it."""

    def of(lines: Sequence[int]) -> list[Partner]:
        named = {n for line in lines for n in (goods.lines[line].merchant, goods.lines[line].buyer)}
        return [parties[number] for number in sorted(named) if number in parties]

    own = of([number for line in made.lines for number in line.sources])
    dealers = {each.organisation for each in of(list(goods.lines))}
    agent = parties[packed.agent[0]]
    taking = {agent.organisation, broker, *(each.organisation for each in own)}
    taking |= {each for each in packed.organisations if each not in dealers}
    sections = {section for each in (agent, *own) for section in each.sections}
    return sorted(each for each in taking if each), sorted(sections)


def _begin(actor: User, packed: PackedFacts, rows: Sequence[Declaration], broker: int | None) -> None:
    agent = organisations_of([packed.agent_id]).get(packed.agent_id)
    codes = organisation_codes(each for each in (agent, broker) if each)
    subjects = [subject_of(each) for each in rows]
    of = {each.key: codes[agent] for each in subjects} if agent else {}
    start_many(
        flow=DECLARATION_FLOW, subjects=subjects, actor=actor, organisations=of, waits_at=list(codes.values())
    )
    record_many(
        events.MADE,
        [
            (
                subject,
                None,
                {
                    "packing": packed.number,
                    "amount": each.amount,
                    "currency": each.currency,
                    "rate": each.rate,
                },
            )
            for subject, each in zip(subjects, rows, strict=True)
        ],
    )
