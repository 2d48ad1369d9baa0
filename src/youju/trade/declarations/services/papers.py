"""What is handed out of a declaration: the draft as pdf (made in a job), its message, the broker's three lists."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.documents.selectors import DocumentView, document_of
from youju.foundation.documents.services import Requested, request_document
from youju.foundation.files.selectors import Kept
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.rules.trade.declarations.declaring import declare
from youju.rules.trade.declarations.facts import Declaration as Made
from youju.rules.trade.declarations.facts import DeclarationPlan, GoodsLine, Proof
from youju.rules.trade.declarations.lifecycle import DECLARATION_FLOW, DECLARATION_KIND
from youju.rules.trade.declarations.terms import terms_of
from youju.trade.declarations import events, permissions
from youju.trade.declarations.documents.draft import CODE, Head, draft_context
from youju.trade.declarations.documents.lists import LISTS, write_list
from youju.trade.declarations.facts import goods_of
from youju.trade.declarations.models import Declaration, Plan
from youju.trade.declarations.selectors.contents import contents_of, goods_for_lists
from youju.trade.declarations.selectors.finding import found
from youju.trade.declarations.services.messages import message_of
from youju.trade.declarations.services.refusing import law_of, plan_numbered, plan_subject, subject_of
from youju.trade.packing.selectors import lines_for_planning
from youju.trade.parties.selectors.partners import names_of

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

LIST_NAMES = tuple(each.name for each in LISTS)
"""The lists by their number from 0."""


@transaction.atomic
def request_draft(*, actor: User, key: str) -> Requested:
    """Ask for the draft as it stands now.

    Raises:
        PermissionDenied: the actor may not export.
        InputError: none that the actor sees (404), or a value does not fit its field (422).
    """
    require(actor, permissions.EXPORT)
    row = _seen(key)
    contents = contents_of(row)
    names = names_of(each for each in (row.agent_id, row.broker_id) if each is not None)
    pairs = [("外贸代理", "　".join(names.get(row.agent_id, ("", ""))))]
    if row.broker_id is not None:
        pairs.append(("报关行", "　".join(names.get(row.broker_id, ("", "")))))
    pairs += [("申报日期", row.declared_on.isoformat()), ("海关汇率", f"{row.rate.normalize():f}")]
    label = DECLARATION_FLOW.state(row.state).label
    context = draft_context(
        Head(str(row), label, row.declared_on, pairs),
        contents.declaration,
        header=row.header,
        elements=contents.elements,
        containers=contents.containers,
        message=message_of(row),
    )
    return request_document(
        actor=actor,
        template=CODE,
        format="pdf",
        context=context,
        subject=subject_of(row),
        name=f"报关单草单{row}",
    )


@transaction.atomic
def hand_out_draft(*, actor: User, document_id: uuid.UUID) -> tuple[DocumentView, Kept]:
    """A draft that was made before; the download is on the trail.

    Raises:
        PermissionDenied: the actor may not export.
        InputError: there is none that the actor sees, or it is not made yet (404).
    """
    require(actor, permissions.EXPORT)
    made = document_of(document_id)
    if made is not None and made.subject.kind == DECLARATION_KIND and made.kept is not None:
        row = found(made.subject.key)
        if row is not None:
            record(events.DOWNLOADED, subject_of(row), None, {"file": made.name})
            return made, made.kept
    raise InputError("没有这份文书，或者它还没有生成好", how="请回到报关单页面", status=404)


@transaction.atomic
def hand_out_message(*, actor: User, key: str) -> tuple[str, bytes]:
    """The message of a declaration, a draft where something is missing: file name and bytes. On the trail.

    Raises:
        PermissionDenied: the actor may not export.
        InputError: none that the actor sees (404), or a value does not fit its field (422).
    """
    require(actor, permissions.EXPORT)
    row = _seen(key)
    made = message_of(row)
    name = f"{row}{'-草稿' if made.is_draft else ''}.xml"
    record(events.DOWNLOADED, subject_of(row), None, {"file": name})
    return name, made.xml


@transaction.atomic
def hand_out_list(*, actor: User, key: str, place: int) -> tuple[str, bytes]:
    """One of the broker's lists for a declaration, as a workbook: the goods whose orders the actor sees. On the trail.

    Raises:
        PermissionDenied: the actor may not export.
        InputError: none that the actor sees, or no such list (404).
    """
    require(actor, permissions.EXPORT)
    row = _seen(key)
    name = f"{_list_name(place)}{row}.xlsx"
    content = _list([row], place, row.header.get("WrapType", ""))
    record(events.DOWNLOADED, subject_of(row), None, {"file": name})
    return name, content


@transaction.atomic
def hand_out_plan_list(*, actor: User, plan_id: int, place: int) -> tuple[str, bytes]:
    """One of the broker's lists for a plan: of its declarations where it was accepted, else of its groups. On the trail.

    Raises:
        PermissionDenied: the actor may not export.
        InputError: no such plan that the actor sees, or list (404); the plan is not worked out, or its goods are packed
            differently by now (409).
    """
    require(actor, permissions.EXPORT)
    row = plan_numbered(plan_id)
    name = f"{_list_name(place)}{row.packing.number}.xlsx"
    if row.state == "accepted":
        made = list(Declaration.objects.filter(plan=row, corrections=None).order_by("pk"))
        content = _list(made, place, made[0].header.get("WrapType", "") if made else "")
    else:
        content = _planned_list(actor, row, place)
    record(events.DOWNLOADED, plan_subject(row, row.packing.number), None, {"file": name})
    return name, content


def _planned_list(actor: User, row: Plan, place: int) -> bytes:
    goods = goods_of(lines_for_planning(actor=actor, number=row.packing.number) or ())
    wanted = [order for group in row.groups for order in group]
    if row.state == "planning" or not all(order in goods.orders for order in wanted):
        raise InputError(
            "方案还没有算好，或装箱单已改动", where="分票方案", how="请刷新页面，或重新分票", status=409
        )
    terms = terms_of(law_of(row.as_of))
    made = [
        declare(number, [goods.orders[order] for order in group], terms)
        for number, group in enumerate(row.groups, 1)
    ]
    lines = [line for order in wanted for line in goods.orders[order].lines]
    return _written(made, lines, place, "", row.as_of)


def _list(rows: Sequence[Declaration], place: int, packing: str) -> bytes:
    made, goods = goods_for_lists(rows)
    return _written(made, goods, place, packing, rows[0].declared_on if rows else None)


def _written(
    made: Sequence[Made], goods: Sequence[GoodsLine], place: int, packing: str, day: date | None
) -> bytes:
    plan = DeclarationPlan(tuple(made), (), Proof(len(made), 0, 0.0))
    return write_list(LISTS[place], plan, goods, packing=packing, made_on=day or timezone.localdate())


def _list_name(place: int) -> str:
    if not 0 <= place < len(LISTS):
        raise InputError("没有这种清单", how="请回到报关单页面", status=404)
    return LISTS[place].name


def _seen(key: str) -> Declaration:
    row = found(key)
    if row is None:
        raise InputError(f"没有报关单“{key[:40]}”，或您的单位没有参与", how="请核对申报单号", status=404)
    return row
