"""Asking for a change of what is on file (备案变更) or for prolonging it (续期)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.foundation.workflow import services as workflow
from youju.foundation.workflow.calendars import fixed_holidays
from youju.rules.law import whole
from youju.rules.trade.credit.effects import fast_lane_days
from youju.rules.trade.parties.changes import (
    CHANGE,
    FIELDS,
    IDENTIFIERS,
    LABELS,
    RENEWAL,
    ChangeFacts,
    judge,
    prolonged,
)
from youju.rules.trade.parties.lifecycle import CHANGE_FLOW, SUBMITTED
from youju.rules.trade.parties.roles import PartyRole
from youju.rules.workflow import add_working_days
from youju.trade.parties import events, permissions
from youju.trade.parties.file_facts import plain
from youju.trade.parties.models import ChangeRequest, Party
from youju.trade.parties.services.numbers import keep_number
from youju.trade.parties.services.refusing import locked_party, refuse

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

CENT = Decimal("0.01")
CHANGE_DAYS = "trade.parties.change_days"


@transaction.atomic
def request_change(
    *,
    actor: User,
    party_id: int,
    values: Mapping[str, Any],
    numbers: Mapping[str, str] | None = None,
    reason: str,
    expected: int,
) -> ChangeRequest:
    """Ask for what is on file to be changed; nothing changes until it is granted.

    Args:
        actor: who asks: somebody of the party, or staff at the counter for it.
        party_id: the filing.
        values: the new values by field; those that are as they were are left out.
        numbers: new identifiers as typed, by ``kind.holder``; a blank one stays as it is.
        reason: why, in words.
        expected: the revision that the actor saw.

    Raises:
        InputError: a rule PTY-101…104, a value out of form, no reason, or the filing has moved on (409).
        PermissionDenied: the actor may not file.
    """
    require(actor, permissions.FILE)
    party = locked_party(party_id)
    seen_now(party, expected)
    cleaned = {name: clean(party, name, value) for name, value in values.items()}
    old = {name: plain(getattr(party, name, None)) for name in cleaned}
    before = {name: old[name] for name in cleaned if old[name] != cleaned[name]}
    after = {name: cleaned[name] for name in before}
    held = {f"{each.kind}.{each.holder}": each for each in party.identifiers.all()}
    for name, typed in (numbers or {}).items():
        if not typed.strip() or name not in IDENTIFIERS:
            continue
        number = keep_number(name, typed)
        if name in held and held[name].fingerprint == number.fingerprint:
            continue
        before[name] = {"masked": held[name].masked if name in held else ""}
        after[name] = {
            "sealed": number.sealed,
            "fingerprint": number.fingerprint,
            "masked": number.masked,
        }
    return _enter(actor, party, CHANGE, before, after, reason)


@transaction.atomic
def request_renewal(*, actor: User, party_id: int, reason: str = "", expected: int) -> ChangeRequest:
    """Ask for a filing to be prolonged; by how much is the law's to say when it is granted.

    Raises:
        InputError: a rule PTY-104…106 says no, or the filing has moved on (409).
        PermissionDenied: the actor may not file.
    """
    require(actor, permissions.FILE)
    party = locked_party(party_id)
    seen_now(party, expected)
    today = timezone.localdate()
    until = prolonged(party.valid_to, today, law_on(today))
    before, after = {"valid_to": plain(party.valid_to)}, {"valid_to": plain(until)}
    return _enter(actor, party, RENEWAL, before, after, reason or "备案到期，申请续期")


def _enter(  # noqa: PLR0917 - an inner step of both requests
    actor: User, party: Party, kind: str, before: dict[str, Any], after: dict[str, Any], reason: str
) -> ChangeRequest:
    reason = reason.replace("\0", "").strip()
    if not reason:
        raise InputError("没有写变更理由", where="理由", how="请写明为什么变更，例如 搬到新摊位")
    today = timezone.localdate()
    facts = ChangeFacts(
        day=today,
        kind=kind,
        state=party.state,
        merged=party.merged_into_id is not None,
        valid_to=party.valid_to,
        fields=tuple(after),
        revision=party.revision,
        asked_revision=party.revision,
        open_requests=party.changes.filter(kind=kind, state=SUBMITTED).count(),
        requester=actor.username,
    )
    refuse(judge(facts, law_on(today)))
    change = ChangeRequest.objects.create(
        party=party,
        kind=kind,
        party_revision=party.revision,
        before=before,
        after=after,
        reason=reason,
        requested_by=actor.username,
    )
    organisation = party.organisation.code if party.organisation else ""
    workflow.start(
        flow=CHANGE_FLOW,
        subject=events.change_subject(change),
        actor=actor,
        organisation=organisation,
        due=_fast_lane(party, today),
    )
    return change


def _fast_lane(party: Party, today: date) -> date | None:
    """By when a change of a party in good standing is decided (快速通道); ``None``: within the usual days."""
    law = law_on(today)
    days = fast_lane_days(party.credit_level, law)
    if days is None or days >= whole(law, CHANGE_DAYS):
        return None
    return add_working_days(today, days, fixed_holidays()).day


def seen_now(party: Party, expected: int) -> None:
    """Refuse what was asked on an older revision, saying so (409).

    Raises:
        InputError: the filing has been changed since the actor looked at it.
    """
    if party.revision != expected:
        raise InputError(
            f"“{party.name}”的备案已经改过（您看到的是第 {expected} 次修订，现在是第 {party.revision} 次）",
            how="请刷新页面，看过最新内容再办理",
            status=409,
        )


def clean(party: Party, name: str, value: Any) -> Any:
    """A typed value of a field as JSON keeps it.

    Raises:
        InputError: it has not the form of the field; names that the rules will refuse pass unread.
    """
    if name not in FIELDS:
        return value
    label = LABELS[name]
    if name in ("roles", "chapters"):
        return _clean_list(name, label, value)
    if isinstance(value, str):
        value = value.replace("\0", "").strip()
    try:
        field = Party._meta.get_field(name)
        found = field.clean(None if value == "" and field.null else value, party)  # type: ignore[union-attr]
    except ValidationError as error:
        raise InputError(
            "；".join(error.messages).rstrip("。."), where=label, how="请改正后再提交"
        ) from error
    if name == "country" and not (len(found) == 2 and found.isascii() and found.isupper()):
        raise InputError("国别代码应为两个大写字母", where=label, how="例如 CN、VN")
    if name == "registered_capital" and found is not None:
        if found < 0:
            raise InputError("不能小于 0", where=label, how="请核对")
        # As the database will give it back: two decimals, so that an unchanged amount is unchanged.
        found = found.quantize(CENT)
    return plain(found)


def _clean_list(name: str, label: str, value: Any) -> list[str]:
    items = sorted({str(each).strip() for each in value if str(each).strip()})
    if name == "roles":
        known = [role.value for role in PartyRole]
        if not items or any(each not in known for each in items):
            raise InputError("主体类型不对", where=label, how="请从列表里选，至少选一种")
        return [each for each in known if each in items]
    if any(not (len(each) == 2 and each.isascii() and each.isdigit()) for each in items):
        raise InputError("商品章应为两位数字", where=label, how="例如 42、64，用逗号分开")
    return items
