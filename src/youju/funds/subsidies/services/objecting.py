"""Objections to a public list: anybody's, answered within days; an upheld one takes the line out and a new list is shown."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record, record_read
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.sealing import seal, unseal
from youju.foundation.policies import law_on
from youju.foundation.workflow.services import advance
from youju.funds.subsidies import claim_events, permissions
from youju.funds.subsidies.models import AwardRound, ListVersion, Objection
from youju.funds.subsidies.selectors.rounds import objection_of
from youju.funds.subsidies.services.claim_numbers import next_number
from youju.funds.subsidies.services.listing import publish, share_round, take_out
from youju.funds.subsidies.services.objection_cases import open_case
from youju.funds.subsidies.services.refusing import refuse_errors
from youju.rules.funds.claims.facts import ObjectionCase
from youju.rules.funds.claims.judging import judge_objection
from youju.rules.funds.claims.lifecycle import (
    DISMISSED,
    OBJECTION_FLOW,
    RECEIVED,
    ROUND_FLOW,
    SHOWN,
    STRUCK,
    UPHELD,
)

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def object_to_list(
    *, number: str, line: int, name: str, contact: str, text: str, actor: User | None = None
) -> Objection:
    """Take an objection in; its key is what the objector asks for the answer with. Anybody may object while the list is public.

    Args:
        number: of the round.
        line: place in the list; 0 for the whole list.
        name, contact, text: who objects, how to reach them (kept sealed), what they say.
        actor: an enterprise's user; ``None`` for a stranger.

    Raises:
        InputError: no such list (404), or no such line in it (422).
        ClaimRefusedError: CLM-016.
    """
    row = AwardRound.objects.filter(number=number.replace("\0", " ")).exclude(version=0).first()
    if row is None:
        raise InputError("没有这份名单", where=number[:20], how="请回到公示页面", status=404)
    shown = ListVersion.objects.get(round=row, version=row.version)
    today = timezone.localdate()
    name, contact, text = (each.replace("\0", "").strip() for each in (name, contact, text))
    case = ObjectionCase(today, shown.shown_until if row.state == SHOWN else None, name, contact, text)
    refuse_errors(judge_objection(case, law_on(today)))
    if line and line not in {each["place"] for each in shown.content["lines"]}:
        raise InputError("名单里没有这一行", where="名单序号", how="请从名单里选择", status=422)
    objection = Objection(
        number=next_number("YY"),
        round=row,
        version=row.version,
        line=line,
        organisation_id=actor.organisation_id if actor else None,
        name=name[:100],
        contact_sealed=seal(contact[:200]),
        contact_masked=_masked(contact),
        text=text,
        received_at=timezone.now(),
    )
    # A stranger reads nothing back: the key is ours, and so the row is only added.
    Objection.objects.bulk_create([objection])
    subject = claim_events.objection_subject(objection)
    record(
        claim_events.OBJECTION_RECEIVED,
        subject,
        None,
        {"round": row.number, "version": row.version, "line": line},
    )
    open_case(subject, actor)
    return objection


@transaction.atomic
def decide_objection(*, actor: User, number: str, uphold: bool, reply: str, expected: str = "") -> Objection:
    """Answer an objection. An upheld one takes its line out; the list that is left is shared out and shown anew.

    Raises:
        PermissionDenied: the actor may not.
        InputError: none (404), answered before (409), no reply, or an upheld one that names no line (422).
    """
    require(actor, permissions.PUBLICISE)
    seen = objection_of(actor, number)
    row = AwardRound.objects.select_for_update().get(pk=seen.round_id)
    objection = Objection.objects.select_for_update().get(pk=seen.pk)
    if objection.state != RECEIVED:
        raise InputError(f"异议 {number} 已经处理", how="请刷新页面", status=409)
    reply = reply.replace("\0", "").strip()
    if not reply:
        raise InputError("处理异议须写答复", where="答复", how="写明核实的经过和结论", status=422)
    if uphold and not objection.line:
        raise InputError(
            "这条异议没有针对某一户",
            where="结论",
            how="请先与提出人核实是哪一户，或作不成立处理并说明",
            status=422,
        )
    now = timezone.now()
    objection.state = UPHELD if uphold else DISMISSED
    objection.reply, objection.decided_at = reply[:4000], now
    objection.decided_by, objection.decided_name = actor.username, actor.display_name
    objection.save()
    advance(
        flow=OBJECTION_FLOW,
        subject=claim_events.objection_subject(objection),
        transition="uphold" if uphold else "dismiss",
        actor=actor,
        reason=reply[:1900],
        expected=expected,
    )
    if uphold and row.state == SHOWN:
        _strike(actor, row, objection, reply)
    return objection


@transaction.atomic
def show_contact(*, actor: User, number: str) -> str:
    """How to reach the objector, in full; who looked is on the trail first.

    Raises:
        PermissionDenied: the actor may not.
        InputError: there is none (404).
    """
    require(actor, permissions.PUBLICISE)
    row = objection_of(actor, number)
    record_read(claim_events.CONTACT_SHOWN, claim_events.objection_subject(row), fields=["联系方式"])
    return unseal(row.contact_sealed)


def _strike(actor: User, row: AwardRound, objection: Objection, reply: str) -> None:
    """Take the line that the objection names out, and show what is left. Places are those of the version objected to."""
    version = ListVersion.objects.get(round=row, version=objection.version)
    place = next(each for each in version.content["lines"] if each["place"] == objection.line)
    line = (
        row.lines.filter(live=True, application__number=place["number"]).select_related("application").first()
    )
    if line is None:  # an earlier objection has taken it out
        return
    take_out(actor, line, step="strike", state=STRUCK, reason=f"异议 {objection.number} 成立：{reply}"[:1900])
    share_round(row)
    shown = publish(actor, row, reason=f"异议 {objection.number} 成立，移出一户，重新公示")
    advance(
        flow=ROUND_FLOW,
        subject=claim_events.round_subject(row),
        transition="show_again",
        actor=actor,
        reason=shown.reason,
        due=shown.shown_until + timedelta(days=1),
    )


def _masked(contact: str) -> str:
    """The ends of a telephone or of the name in an address."""
    if "@" in contact:
        name, _, host = contact.partition("@")
        return f"{name[:1]}***@{host}"[:100]
    plain = re.sub(r"\s", "", contact)
    return f"{plain[:3]}****{plain[-2:]}" if len(plain) > 6 else "****"
