"""A plan for a packing: asked for, worked out at once or in a job, dropped; and the broker who may do all this too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.identity.selectors import user_named
from youju.foundation.jobs.defining import job
from youju.foundation.jobs.services import enqueue
from youju.foundation.kernel.context import current
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.foundation.policies import policy_hash
from youju.rules.law import whole
from youju.rules.trade.declarations.checking import check_plan
from youju.rules.trade.packing.lifecycle import PACKING_KIND
from youju.trade.declarations import events, permissions
from youju.trade.declarations.facts import Goods, goods_of, usd_rates
from youju.trade.declarations.models import Plan
from youju.trade.declarations.selectors.acting import BROKER, may_plan
from youju.trade.declarations.selectors.packings import taken_sources
from youju.trade.declarations.services.checking import PlanCase, said_of_plan
from youju.trade.declarations.services.refusing import (
    held_plan,
    law_of,
    plan_numbered,
    plan_subject,
    rates_for,
)
from youju.trade.orders.facts import why_not
from youju.trade.orders.selectors import month_rates
from youju.trade.packing.selectors import PackedFacts, PlanningLine, lines_for_planning
from youju.trade.packing.services import held_for_declaring, let_take_part
from youju.trade.parties.selectors.partners import Partner, organisations_of, own_numbers, partners

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

AT_ONCE = "trade.declarations.plan_at_once_orders"
OPEN = ("planning", "proposed")


@transaction.atomic
def plan_packing(*, actor: User, number: str, day: date | None = None, broker: str = "") -> Plan:
    """Ask for a plan of what of a packing stands in no declaration yet. Asking again for the same gives the same plan.

    Small ones are worked out at once, larger ones in a job (``state`` is ``planning`` until then). A plan that is still open for
    another day, or for the packing as it was before, is dropped.

    Args:
        actor: who asks; of the agent, or of a broker whom the agent named.
        number: of the packing, which is complete.
        day: the day of declaring, today if left out: law and rates are of that day.
        broker: filing number of who declares; left out, it is the actor's own where the actor is one.

    Raises:
        PermissionDenied: the actor may not plan, or takes no part in the packing.
        InputError: no such packing (404), not complete, nothing left to declare, or no rates of the month (409); the mode did not
            exist on the day, or no such broker (422).
    """
    require(actor, permissions.PLAN)
    packed = _planned_by(actor, number)
    day = day or timezone.localdate()
    law = law_of(day)
    by = _broker_of(actor, packed, broker, day)
    already = Plan.objects.select_for_update().filter(packing_id=packed.id, state__in=OPEN).first()
    if already and _same(already, packed, day, by):
        return already
    lines = undeclared(actor, packed)
    rates_for(day, {line.currency for line in lines})
    if already:
        _drop(already, packed.number, "重新分票")
    taking = {actor.organisation_id, organisations_of([packed.agent_id]).get(packed.agent_id)}
    row = Plan.objects.create(
        packing_id=packed.id,
        broker_id=by.id if by else None,
        organisations=sorted({each for each in (*taking, by and by.organisation) if each}),
        sections=list(packed.sections),
        as_of=day,
        policy_hash=policy_hash(),
        proof={"basis": packed.revision},
        created_by=actor.username,
    )
    subject = plan_subject(row, packed.number)
    told = {"packing": packed.number, "as_of": day, "lines": len(lines), "broker": by.name if by else ""}
    record(events.PLAN_ASKED, subject, None, told)
    if len({line.order for line in lines}) <= whole(law, AT_ONCE):
        return _work_out(row, packed.number, lines)
    enqueue(make_plan, subject=subject, key=f"plan:{packed.id}", plan_id=row.pk)
    return row


@job("declarations.plan", title="分票")
def make_plan(*, plan_id: int) -> dict[str, Any]:
    """Work a plan out, as the person who asked for it."""
    actor = user_named(current().actor)
    if actor is None:
        raise InputError("请求分票的账号已经没有了", how="请重新分票")
    row = work_out_plan(actor=actor, plan_id=plan_id)
    return {"declarations": len(row.groups) if row else 0}


@transaction.atomic
def work_out_plan(*, actor: User, plan_id: int) -> Plan | None:
    """What the job does: compute a plan that is waited for; ``None`` where it was dropped meanwhile.

    Raises:
        InputError: the packing was opened again meanwhile (409).
    """
    waited = Plan.objects.select_related("packing").filter(pk=plan_id).first()
    if waited is None or waited.state != "planning":
        return None
    packed = held_for_declaring(actor=actor, number=waited.packing.number)
    row = Plan.objects.select_for_update().get(pk=plan_id)
    if row.state != "planning":
        return None
    return _work_out(row, packed.number, undeclared(actor, packed))


@transaction.atomic
def drop_plan(*, actor: User, plan_id: int, expected: int | None = None) -> Plan:
    """Give an open plan up.

    Raises:
        PermissionDenied: the actor may not plan, or takes no part.
        InputError: no such plan (404); it is accepted or dropped, or was changed (409).
    """
    require(actor, permissions.PLAN)
    row = plan_numbered(plan_id)
    packing = row.packing.number
    row = held_plan(actor, row, expected, state="")
    if row.state not in OPEN:
        raise InputError("方案已经采用或放弃", where="分票方案", how="请刷新页面", status=409)
    return _drop(row, packing, "")


@transaction.atomic
def name_broker(*, actor: User, number: str, broker: str) -> Partner:
    """Let a broker's people see a complete packing and its orders, plan them and declare them.

    Raises:
        PermissionDenied: the actor may not plan, or takes no part in the packing.
        InputError: no such packing (404), not complete (409), or no broker on file under that number (422).
    """
    require(actor, permissions.PLAN)
    packed = _planned_by(actor, number)
    found = broker_on(broker, timezone.localdate())
    if found.organisation is None:
        raise InputError(
            f"{found.name}还没有可以登录的单位", where="报关行", how="请报关行先联系服务中心开户", status=422
        )
    let_take_part(actor=actor, number=number, organisation=found.organisation)
    subject = Subject(PACKING_KIND, packed.number, packed.number)
    record(events.BROKER_NAMED, subject, None, {"broker": found.name})
    return found


def broker_on(number: str, day: date) -> Partner:
    """A broker on file by filing number.

    Raises:
        InputError: there is none, or it may not act on the day (422).
    """
    found = partners([number]).get(number)
    if found is None or BROKER not in found.roles:
        raise InputError(
            f"没有备案号为“{number[:20]}”的报关行", where="报关行", how="请核对备案号", status=422
        )
    if why := why_not(found, day):
        raise InputError(why.rstrip("。"), where="报关行", how="请换一家报关行，或等它恢复", status=422)
    return found


def undeclared(actor: User, packed: PackedFacts) -> tuple[PlanningLine, ...]:
    """The goods of a packing that stand in no live declaration.

    Raises:
        InputError: nothing is left, or the actor does not see all of it (409).
    """
    lines = lines_for_planning(actor=actor, number=packed.number) or ()
    if sum(len(line.packed) for line in lines) != packed.lines:
        raise InputError(
            "装箱单里有您的单位没有参与的交易单，不能由您分票",
            where=packed.number,
            how="请由外贸代理办理",
            status=409,
        )
    taken = set(taken_sources(packed.id).values_list("packed", flat=True))
    left = tuple(line for line in lines if not taken.intersection(line.packed))
    if not left:
        raise InputError(
            "装箱单里的货都已经在报关单里", where=packed.number, how="请看它的报关单", status=409
        )
    return left


def _planned_by(actor: User, number: str) -> PackedFacts:
    packed = held_for_declaring(actor=actor, number=number)
    if not may_plan(actor, packed.agent_id):
        raise PermissionDenied("装箱单由它的外贸代理或受托的报关行报关，您的单位不能办理。")
    return packed


def _work_out(row: Plan, packing: str, lines: Sequence[PlanningLine]) -> Plan:
    from youju.trade.declarations.planning import plan as search

    goods: Goods = goods_of(lines)
    law, rates = law_of(row.as_of), usd_rates(month_rates(row.as_of))
    made = search(goods.all_orders, law, usd_rates=rates)
    if faults := check_plan(
        made, goods.all_orders, law, rates
    ):  # the planner's own fault: better no plan than a wrong one
        raise RuntimeError(faults[0].message)
    row.groups = [list(each.orders) for each in made.declarations]
    row.refused = [
        {"order": each.order, "rule": each.rule, "message": each.message, "suggestion": each.suggestion}
        for each in made.refused
    ]
    row.proof = {
        "basis": row.proof["basis"],
        "declarations": made.proof.declarations,
        "lower_bound": made.proof.lower_bound,
        "optimal": made.proof.optimal,
        "gap": made.proof.gap,
        "seconds": round(made.proof.seconds, 2),
        "said": [
            each.as_json()
            for each in said_of_plan(PlanCase(packing, row.as_of, made.declarations, goods.lines))
        ],
    }
    row.state = "proposed"
    row.revision += 1
    row.save(update_fields=["groups", "refused", "proof", "state", "revision"])
    told = {name: row.proof[name] for name in ("declarations", "lower_bound")} | {"refused": len(row.refused)}
    record(events.PLANNED, plan_subject(row, packing), None, told)
    return row


def _drop(row: Plan, packing: str, reason: str) -> Plan:
    before = row.state
    row.state = "dropped"
    row.revision += 1
    row.save(update_fields=["state", "revision"])
    told = ({"state": before}, {"state": row.state})
    record(events.PLAN_DROPPED, plan_subject(row, packing), *told, reason=reason)
    return row


def _broker_of(actor: User, packed: PackedFacts, broker: str, day: date) -> Partner | None:
    if not broker and actor.organisation_id is not None:
        own = own_numbers(actor.organisation_id, BROKER)
        broker = own[0] if len(own) == 1 else ""
    if not broker:
        return None
    found = broker_on(broker, day)
    if found.organisation is not None and found.organisation not in packed.organisations:
        let_take_part(actor=actor, number=packed.number, organisation=found.organisation)
    return found


def _same(row: Plan, packed: PackedFacts, day: date, by: Partner | None) -> bool:
    wanted = by.id if by else None
    return row.proof.get("basis") == packed.revision and row.as_of == day and row.broker_id == wanted
