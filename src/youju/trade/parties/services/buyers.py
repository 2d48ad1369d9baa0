"""A foreign buyer files for itself (境外采购商备案): a small form, sent in at once, and again when it was returned.

What officers do with it afterwards is what they do with every filing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from youju.foundation.audit.encoding import changes
from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.foundation.workflow.services import advance, start
from youju.rules.law import names, table
from youju.rules.trade.parties.checks.people import number_is_right
from youju.rules.trade.parties.lifecycle import DRAFT, PARTY_FLOW, RETURNED, SUBMITTED
from youju.rules.trade.parties.roles import PartyRole
from youju.rules.trade.parties.typed import tidy
from youju.trade.parties import events, permissions
from youju.trade.parties.countries import country_name
from youju.trade.parties.models import Identifier, Party
from youju.trade.parties.selectors.buyers import buyer_types
from youju.trade.parties.services.numbers import sealed_number

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_SECTIONS = "trade.parties.section_of_role"


@dataclass(frozen=True, slots=True)
class BuyerFiling:
    """What a buyer fills in. ``passport``: passport or ID number; empty keeps the one on file (a correction)."""

    name: str
    country: str
    buyer_type: str
    passport: str
    contact: str
    email: str
    name_cn: str = ""


@transaction.atomic
def file_buyer(*, actor: User, filing: BuyerFiling) -> Party:
    """Send in the actor's own filing as a buyer: a new one, or the one that was returned.

    Raises:
        PermissionDenied: the actor may not file, or is no buyer.
        InputError: a field is missing or has another form (422); it is with the officers or decided already (409).
    """
    require(actor, permissions.FILE_BUYER)
    rows = Party.objects.select_for_update().filter(
        organisation_id=actor.organisation_id, roles__contains=[PartyRole.BUYER.value], merged_into=None
    )
    row = rows.order_by("-created_at", "-pk").first()
    if row is not None and row.state not in (DRAFT, RETURNED):
        raise InputError(_("您的备案已经提交"), how=_("请等待办理，或联系服务中心"), status=409)
    number = tidy("passport", filing.passport)
    _check(filing, number, kept=row is not None and row.identifiers.filter(kind="passport").exists())
    new = row is None
    before = {} if row is None else _state_of(row)
    if row is None:
        sections = names(table(law_on(timezone.localdate()), _SECTIONS), PartyRole.BUYER.value)
        row = Party(
            organisation=actor.organisation,
            roles=[PartyRole.BUYER.value],
            sections=list(sections),
            created_by=actor.username,
        )
    row.name, row.name_en = (filing.name_cn or filing.name).strip()[:100], filing.name.strip()
    row.country, row.buyer_type = filing.country, filing.buyer_type
    row.contact, row.email = filing.contact.strip(), filing.email.strip()
    row.state, row.submitted_at = SUBMITTED, timezone.now()
    row.revision += 0 if new else 1
    row.save()
    if number:
        _keep_passport(row, number)
    subject = events.party_subject(row)
    gone, now = changes(before, _state_of(row))
    record(events.BUYER_FILED, subject, gone or None, {**now, "passport": bool(number)})
    if new:
        start(flow=PARTY_FLOW, subject=subject, actor=actor, organisation=actor.organisation.code)
    advance(flow=PARTY_FLOW, subject=subject, transition="submit", actor=actor)
    return row


def _check(filing: BuyerFiling, number: str, *, kept: bool) -> None:
    if not filing.name.strip() or not filing.contact.strip() or not filing.email.strip():
        raise InputError(_("有必填的栏没有填"), how=_("请填姓名或名称、联系人和电子邮箱"))
    if country_name(filing.country, "en") == filing.country:
        raise InputError(_("没有这个国家或地区"), how=_("请从列表里选择"))
    if filing.buyer_type not in buyer_types():
        raise InputError(_("没有这种采购商类型"), how=_("请从列表里选择"))
    if not (number_is_right("passport", number, timezone.localdate()) or (kept and not number)):
        raise InputError(_("护照或证件号码的写法不对"), how=_("请照证件填 5 到 20 位字母和数字"))


def _keep_passport(row: Party, number: str) -> None:
    kept = sealed_number("passport", number)
    Identifier.objects.update_or_create(
        party=row,
        kind="passport",
        holder="self",
        defaults={
            "sealed": kept.sealed,
            "fingerprint": kept.fingerprint,
            "masked": kept.masked,
            "changed_at": timezone.now(),
        },
    )


def _state_of(row: Party) -> dict[str, object]:
    return {
        name: getattr(row, name)
        for name in ("name", "name_en", "country", "buyer_type", "contact", "email", "state")
    }
