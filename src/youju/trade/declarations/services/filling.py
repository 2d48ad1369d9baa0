"""What people add to a declaration: the message's header, the broker, and values of a line that no sum depends on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from youju.foundation.audit.encoding import changes
from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.foundation.workflow.services import call_on
from youju.rules.trade.declarations.lifecycle import DECLARATION_FLOW, PLANNED, PRE_ENTRY
from youju.trade.declarations import events, permissions
from youju.trade.declarations.documents.checking import given_header
from youju.trade.declarations.documents.fields import LINE, fields_of, unit_code
from youju.trade.declarations.models import Declaration, DeclaredLine
from youju.trade.declarations.selectors.acting import acts_for
from youju.trade.declarations.services.messages import sendable
from youju.trade.declarations.services.planning import broker_on
from youju.trade.declarations.services.refusing import held_declaration, saved, subject_of
from youju.trade.declarations.services.waiting import codes_for
from youju.trade.packing.services import let_take_part

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

EDITABLE = (PLANNED, PRE_ENTRY)
"""States in which header and lines take changes; an entered one must stay complete."""


@dataclass(frozen=True, slots=True)
class LineWish:
    """What may be changed of a declared line. Empty units and ``None`` take a value away."""

    model: str = ""
    unit1: str = ""
    quantity1: Decimal | None = None
    unit2: str = ""
    quantity2: Decimal | None = None


@transaction.atomic
def fill_header(
    *,
    actor: User,
    key: str,
    values: Mapping[str, str],
    broker: str | None = None,
    expected: int | None = None,
    whole_plan: bool = False,
) -> list[Declaration]:
    """Write fields of the header; what is not named stays. An unfinished header is kept as it is.

    Args:
        actor: who fills in.
        key: the declaration.
        values: field name or its Chinese label → text; an empty text takes the value away.
        broker: filing number of who declares; empty: nobody; ``None``: as it is.
        expected: the revision that the actor saw.
        whole_plan: also into the other declarations of the plan that are not entered yet.

    Returns:
        The declarations that were written, this one first.

    Raises:
        PermissionDenied: the actor may not plan, or takes no part.
        InputError: no such declaration (404); it is past pre-entry or changed (409); an unknown or fixed name, a value that does
            not fit, no such broker, or an entered one would become incomplete (422).
    """
    require(actor, permissions.PLAN)
    row = held_declaration(actor, key, expected)
    _refuse_unless_editable(row)
    given = given_header(values, law_on(row.as_of), f"报关单 {row}")
    rows = [row]
    if whole_plan and row.plan_id is not None:
        others = Declaration.objects.select_for_update().filter(plan=row.plan_id, state=PLANNED)
        of_agent = acts_for(actor, row.agent_id)
        alike = list(others.exclude(pk=row.pk).order_by("pk"))
        rows += [each for each in alike if of_agent or each.broker_id == row.broker_id]
    for each in rows:
        _fill(actor, each, given, broker)
    return rows


@transaction.atomic
def edit_line(
    *, actor: User, key: str, g_no: int, wish: LineWish, expected: int | None = None
) -> DeclaredLine:
    """Change the declaration elements and the statutory quantities of a line; codes and amounts follow from the goods.

    Raises:
        PermissionDenied: the actor may not plan, or takes no part.
        InputError: no such declaration or line (404); it is past pre-entry or changed (409); a unit without a customs code, a
            quantity without a unit, a value that does not fit (422).
    """
    require(actor, permissions.PLAN)
    row = held_declaration(actor, key, expected)
    _refuse_unless_editable(row)
    line = row.lines.filter(g_no=g_no).first()
    if line is None:
        raise InputError(f"没有第 {g_no} 项", where=f"报关单 {row}", how="请核对项号", status=404)
    _check_line(row, line, wish)
    names = ("model", "unit1", "quantity1", "unit2", "quantity2")
    before = {name: getattr(line, name) for name in names}
    after = {name: getattr(wish, name) for name in names}
    was, now = changes(before, after)
    if not now:
        return line
    for name, value in after.items():
        setattr(line, name, value)
    line.save(update_fields=list(names))
    saved(row)
    if row.state == PRE_ENTRY:
        sendable(row)
    record(events.LINE_EDITED, subject_of(row), {"g_no": g_no} | was, {"g_no": g_no} | now)
    return line


def _fill(actor: User, row: Declaration, given: Mapping[str, str], broker: str | None) -> None:
    before = dict(row.header)
    header = {name: value for name, value in (before | dict(given)).items() if value}
    was, now = changes(before, header)
    told = _broker(actor, row, broker)
    if not (was or now or told):
        return
    row.header = header
    row.port = header.get("IEPort", "")
    row.transport_mode = header.get("TrafMode", "") or row.transport_mode
    saved(row, "header", "port", "transport_mode", "broker", "organisations")
    if row.state == PRE_ENTRY:
        sendable(row)
    record(events.HEADER_FILLED, subject_of(row), {"header": was}, {"header": now} | told)


def _broker(actor: User, row: Declaration, broker: str | None) -> dict[str, str]:
    if broker is None:
        return {}
    if not broker:
        gone = row.broker_id is not None
        row.broker_id = None
        return {"broker": ""} if gone else {}
    found = broker_on(broker, row.declared_on)
    if found.id == row.broker_id:
        return {}
    row.broker_id = found.id
    if found.organisation is not None and found.organisation not in row.organisations:
        row.organisations = sorted([*row.organisations, found.organisation])
        let_take_part(actor=actor, number=row.packing.number, organisation=found.organisation)
    call_on(flow=DECLARATION_FLOW, subject=subject_of(row), organisations=codes_for(row))
    return {"broker": found.name}


def _refuse_unless_editable(row: Declaration) -> None:
    if row.state not in EDITABLE:
        label = DECLARATION_FLOW.state(row.state).label
        raise InputError(
            f"报关单现在是“{label}”，不能再改", where=str(row), how="被退单后可以更正成新版本", status=409
        )


def _check_line(row: Declaration, line: DeclaredLine, wish: LineWish) -> None:
    law, where = law_on(row.as_of), f"第 {line.g_no} 项"
    fields = fields_of(law, LINE)
    checked = [("GModel", wish.model)]
    for name, label, quantity, unit in (
        ("FirstQty", "法定第一", wish.quantity1, wish.unit1),
        ("SecondQty", "法定第二", wish.quantity2, wish.unit2),
    ):
        if (quantity is None) != (not unit):
            raise InputError(
                f"{label}数量和单位要一起填", where=where, how="请补上，或两个都不填", status=422
            )
        if quantity is not None and quantity <= 0:
            raise InputError(f"{label}数量应大于零", where=where, how="请按实际数量填", status=422)
        if unit and not unit_code(law, unit):
            raise InputError(
                f"单位“{unit[:10]}”没有海关代码", where=where, how="请用计量单位表里的名称", status=422
            )
        checked.append((name, "" if quantity is None else f"{quantity:f}"))
    for name, value in checked:
        if value and (fault := fields[name].fault(value)):
            raise InputError(f"{fields[name].label}{fault}", where=where, how="请核对后更正", status=422)
