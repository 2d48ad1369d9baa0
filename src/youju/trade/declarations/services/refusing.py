"""How this room refuses, and how its records are found and held.

Everybody holds records in the same order: packing, plan, declarations by id.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.foundation.policies import law_on
from youju.rules.findings import Finding
from youju.rules.law import Law, UnknownPolicyError
from youju.rules.trade.declarations.terms import terms_of
from youju.trade.declarations import events
from youju.trade.declarations.documents.fields import HEAD, fields_of
from youju.trade.declarations.models import Declaration, Plan
from youju.trade.declarations.selectors.acting import acts_for
from youju.trade.declarations.selectors.finding import newest, parsed, version_of
from youju.trade.orders.selectors import month_rates

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


class RefusedDeclaration(InputError):  # noqa: N818 - what the user reads is that the declaration was refused
    """The rules stop it; ``findings`` say which."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        first, more = findings[0], len(findings) - 1
        told = f"{first.rule} {first.message.rstrip('。')}" + (f"（另有 {more} 条）" if more else "")
        super().__init__(told, how=first.suggestion.rstrip("。"), status=422)
        self.findings = tuple(findings)


def law_of(day: date) -> Law:
    """The law of a day of declaring.

    Raises:
        InputError: the mode, or the format of its message, did not exist yet (422).
    """
    law = law_on(day)
    try:
        terms_of(law)
        fields_of(law, HEAD)
    except UnknownPolicyError as error:
        raise InputError(
            f"{day} 还没有市场采购贸易的规定或报文格式", where="申报日期", how="请核对申报日期", status=422
        ) from error
    return law


def rates_for(day: date, currencies: set[str]) -> dict[str, Decimal]:
    """The customs rates of the month, CNY for one unit.

    Raises:
        InputError: one of the currencies, or the dollar in which the cap stands, has none (409).
    """
    month = month_rates(day)
    missing = sorted((currencies | {"USD"}) - month.keys())
    if missing:
        raise InputError(
            f"没有 {day:%Y-%m} 的海关汇率：{'、'.join(missing)}",
            where="申报日期",
            how="请联系服务中心录入当月汇率，或核对申报日期",
            status=409,
        )
    return month


def held_plan(actor: User, plan: Plan, expected: int | None, *, state: str = "proposed") -> Plan:
    """The plan, held until the transaction ends; its packing is held before it.

    Raises:
        InputError: it changed since it was shown, or is in another state (409).
        PermissionDenied: the actor only looks on.
    """
    row = Plan.objects.select_for_update().get(pk=plan.pk)
    if actor.organisation_id not in row.organisations:
        raise PermissionDenied("您的单位没有参与这个分票方案，不能办理。")
    if expected is not None and expected != row.revision:
        raise InputError("方案刚才有改动", where="分票方案", how="请刷新页面，看过再办", status=409)
    if state and row.state != state:
        raise InputError(
            f"方案现在是“{PLAN_STATES[row.state]}”，不能这样办",
            where="分票方案",
            how="请刷新页面",
            status=409,
        )
    return row


PLAN_STATES = {"planning": "正在计算", "proposed": "待采用", "accepted": "已采用", "dropped": "已放弃"}


def plan_numbered(number: int) -> Plan:
    """The plan, not held.

    Raises:
        InputError: none that the actor sees (404).
    """
    row = Plan.objects.select_related("packing").filter(pk=number).first()
    if row is None:
        raise InputError("没有这个分票方案，或您的单位没有参与", how="请从装箱单进入", status=404)
    return row


def held_declaration(actor: User, key: str, expected: int | None = None) -> Declaration:
    """The declaration of a key (number and version, or the number for its newest version), held.

    Raises:
        InputError: none that the actor takes part in (404), or it changed since it was shown (409).
        PermissionDenied: the actor only looks on.
    """
    number, version = parsed(key)
    rows = Declaration.objects.select_for_update().filter(number=number)
    row = (version_of(rows, version) if version else newest(rows)) if number else None
    if row is None:
        raise InputError(f"没有报关单“{key[:40]}”", how="请核对申报单号", status=404)
    if not acts_for(actor, row.agent_id, row.broker_id):
        raise PermissionDenied("这票报关由外贸代理和报关行办理，您的单位不能办理。")
    if expected is not None and expected != row.revision:
        raise InputError("这票报关单刚才有改动", where=str(row), how="请刷新页面，看过再办", status=409)
    return row


def saved(row: Declaration, *fields: str) -> None:
    """Write fields of a declaration with the next revision."""
    row.revision += 1
    row.changed_at = timezone.now()
    row.save(update_fields=[*fields, "revision", "changed_at"])


def subject_of(row: Declaration) -> Subject:
    """How a declaration is named on the trail and in its flow."""
    label = row.number if row.version == 1 else f"{row.number}（第 {row.version} 版）"
    return Subject(events.DECLARATION_KIND, str(row), label)


def plan_subject(row: Plan, packing: str) -> Subject:
    """How a plan is named on the trail."""
    return Subject(events.PLAN_KIND, str(row.pk), f"装箱单 {packing} 的分票方案")


def next_numbers(count: int, stamp: str) -> list[str]:
    """The next numbers of the series: D, the day, six digits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('declarations_number') FROM generate_series(1, %s)", [count])
        return [f"D{stamp}{each:06d}" for (each,) in cursor.fetchall()]
