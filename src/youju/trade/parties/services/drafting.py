"""Beginning a filing, keeping what is typed, giving it up."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from youju.foundation.audit.services import record, record_many
from youju.foundation.files.services import release
from youju.foundation.identity import selectors as identity
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.sealing import seal
from youju.foundation.policies import law_on
from youju.foundation.workflow import selectors as workflow
from youju.rules.law import Law, names, table, whole
from youju.rules.trade.parties.fields import SECRETS
from youju.rules.trade.parties.lifecycle import DRAFT
from youju.rules.trade.parties.typed import roles_of, tidied, tidy
from youju.trade.parties import events, permissions
from youju.trade.parties.models import FilingDraft, Party
from youju.trade.parties.selectors.filing import typed_of
from youju.trade.parties.selectors.reach import of_centre
from youju.trade.parties.services.locking import locked_open

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


class StaleDraftError(InputError):
    """Somebody saved the form in between."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of typing that was kept: when, and the form's new version."""

    at: datetime
    version: int


def sections_of(roles: Sequence[str], law: Law) -> list[str]:
    """The sections that handle the roles, in the order of the policy."""
    rows = table(law, "trade.parties.section_of_role")
    wanted = {section for role in roles for section in names(rows, role)}
    return [section for section in table(law, "foundation.identity.sections") if section in wanted]


def require_section(actor: User, roles: Sequence[str], law: Law) -> None:
    """Staff take in what their sections handle: what they could not see afterwards, they may not begin either.

    Raises:
        PermissionDenied: none of the actor's sections handles the roles.
    """
    wanted = sections_of(roles, law)
    if of_centre(actor) and not set(wanted) & set(actor.sections):
        known = identity.sections()
        words = "、".join(known.get(code, code) for code in wanted)
        raise PermissionDenied(f"这类主体由{words}受理，您不在这个科室，不能代为填报。")


@transaction.atomic
def open_filing(*, actor: User, roles: Sequence[str], name: str, channel: str = "") -> Party:
    """Begin a filing: a party for its own organisation, staff at the counter for somebody who has no account yet.

    Args:
        actor: who begins.
        roles: codes of ``PartyRole``; one at least.
        name: what the party is called.
        channel: ``api`` from a program; else by who begins, ``web`` or ``counter``.

    Raises:
        InputError: no role or no name (422), or too many drafts are open (409).
        PermissionDenied: the actor may not file, or not these roles.
    """
    require(actor, permissions.FILE)
    law, known = law_on(timezone.localdate()), roles_of(roles)
    called = tidy("name", name)[: _longest("name")]
    if not known:
        raise InputError("没有选择主体类型", where="主体类型", how="请至少选一种")
    if not called:
        raise InputError("名称没有填写", where="名称", how="请填营业执照或护照上的名称")
    require_section(actor, known, law)
    inside = of_centre(actor)
    most = whole(law, "trade.parties.open_drafts")
    if not inside:
        with connection.cursor() as cursor:  # two at once would both find room
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtext('youju.parties.drafts'), %s)", [actor.organisation_id]
            )
        begun = Party.objects.filter(organisation=actor.organisation, state=DRAFT, submitted_at=None).count()
        if begun >= most:
            raise InputError(
                f"本单位已有 {begun} 份没有提交的备案", how="请先提交或放弃其中的一些", status=409
            )
    party = Party.objects.create(
        organisation=None if inside else actor.organisation,
        roles=list(known),
        sections=sections_of(known, law) if inside else [],
        name=called,
        country="CN",
        channel=channel or ("counter" if inside else "web"),
        created_by=actor.username,
    )
    _write(party, {"name": called}, actor)
    record(events.OPENED, events.party_subject(party), None, {"roles": list(known), "channel": party.channel})
    return party


@transaction.atomic
def keep_filing(
    *,
    actor: User,
    party_id: int,
    base: int,
    typed: Mapping[str, object] | None = None,
    roles: Sequence[str] | None = None,
) -> Kept:
    """Keep what is typed in a draft, or in a filing that was sent back; what is filed stays as it is until it is handed in again.

    Args:
        actor: who types.
        party_id: the filing.
        base: the version of the form that the typing started from (0: from what is filed).
        typed: the fields of the form that were shown. A blank one empties the field, but a blank identifier keeps the number:
            pages never show it.
        roles: the roles, where they were asked for.

    Raises:
        StaleDraftError: somebody saved in between (409); nothing is kept.
        InputError: no such filing, or it is past its draft.
        PermissionDenied: the actor may not file, or not these roles.
    """
    require(actor, permissions.FILE)
    party = locked_open(actor, party_id)
    draft = FilingDraft.objects.select_for_update().filter(party=party).first()
    if base != (draft.version if draft else 0):
        raise StaleDraftError(
            "您打开表单之后，别处已经保存过", how="请刷新页面，看过最新的内容再改", status=409
        )
    before = typed_of(party)
    form = dict(before.form)
    known = before.roles
    if roles is not None:
        known = roles_of(roles)
        if not known:
            raise InputError("没有选择主体类型", where="主体类型", how="请至少选一种")
        require_section(actor, known, law_on(timezone.localdate()))
    read = tidied(typed or {})
    for code in typed or {}:
        if code in read:
            form[code] = read[code]
        elif code not in SECRETS:
            form.pop(code, None)
    return _write(party, form, actor, roles=known, draft=draft)


def _write(
    party: Party,
    form: Mapping[str, str],
    actor: User,
    *,
    roles: Sequence[str] | None = None,
    draft: FilingDraft | None = None,
) -> Kept:
    chosen = list(party.roles if roles is None else roles)
    content = json.dumps({"roles": chosen, "form": dict(form)}, ensure_ascii=False)
    now, version = timezone.now(), (draft.version if draft else 0) + 1
    FilingDraft.objects.update_or_create(
        party=party,
        defaults={"sealed": seal(content), "version": version, "saved_by": actor.username, "saved_at": now},
    )
    if party.submitted_at is None:
        # Not handed in yet: lists show what it is going to be.
        party.name = form.get("name", "")[: _longest("name")] or party.name
        party.roles = chosen
        if party.organisation_id is None:
            party.sections = sections_of(chosen, law_on(timezone.localdate()))
        party.save(update_fields=["name", "roles", "sections"])
    return Kept(now, version)


def _longest(field: str) -> int:
    return int(getattr(Party._meta.get_field(field), "max_length", 0) or 0)


@transaction.atomic
def discard_filing(*, actor: User, party_id: int) -> None:
    """Give up a draft that was never handed in: all of it goes, papers too.

    Raises:
        InputError: no such filing (404), or it was handed in once (409).
        PermissionDenied: the actor may not file.
    """
    require(actor, permissions.FILE)
    party = locked_open(actor, party_id)
    subject = events.party_subject(party)
    if party.submitted_at is not None or workflow.case(subject) is not None:
        raise InputError("提交过的备案不能放弃", how="不再办理的，请联系受理科室注销", status=409)
    release(subject=subject)
    record(events.DISCARDED, subject)
    party.delete()


@transaction.atomic
def clear_drafts() -> int:
    """Give up the drafts that nobody went on with for the days of the policy; how many. For the periodic job."""
    today = timezone.localdate()
    before = timezone.now() - timedelta(days=whole(law_on(today), "trade.parties.draft_days"))
    rows = list(
        Party.objects.select_for_update(of=("self",), skip_locked=True).filter(
            state=DRAFT, submitted_at=None, draft__saved_at__lt=before, is_demo=False
        )
    )
    for party in rows:
        release(subject=events.party_subject(party))
    record_many(events.DISCARDED, [(events.party_subject(party), None, None) for party in rows])
    Party.objects.filter(pk__in=[party.pk for party in rows]).delete()
    return len(rows)
