"""Drawing up an agency agreement: drafted by one side, changed by either until both have signed."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from youju.foundation.audit.encoding import changes
from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.identity.selectors import organisation_codes
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.refusals import RefusedError
from youju.foundation.policies import law_on
from youju.foundation.workflow.services import call_on, start
from youju.rules.trade.parties.agreement_facts import AGENT, PRINCIPAL, Side, Terms
from youju.rules.trade.parties.agreement_text import compose, hash_of
from youju.rules.trade.parties.agreements import judge
from youju.rules.trade.parties.lifecycle import AGREEMENT_FLOW, DRAFT, SIGNING
from youju.trade.parties import events, permissions
from youju.trade.parties.models import Agreement, AgreementSeries
from youju.trade.parties.selectors.agreements import agreement_of, facts_of, side_of, state_label
from youju.trade.parties.selectors.directory import Entry, directory, possible_partners

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

NUMBER = "WT{year}-{place:05d}"


@dataclass(frozen=True, slots=True)
class Wording:
    """What two parties mean to agree: the days, both included, and the terms."""

    valid_from: date
    valid_to: date
    terms: Terms


class AgreementRefusedError(RefusedError):
    """The rules found something: all of it, for the form to show beside its fields."""


@transaction.atomic
def draft_agreement(*, actor: User, principal_id: int, agent_id: int, wording: Wording) -> Agreement:
    """Draw up an agreement; one of the two parties is the actor's own. The other side sees nothing of it yet.

    Raises:
        PermissionDenied: the actor may not sign agreements, or belongs to neither party.
        InputError: a party is not there (404).
        AgreementRefusedError: what the rules found.
    """
    require(actor, permissions.SIGN_AGREEMENTS)
    entries = possible_partners([principal_id, agent_id])
    if principal_id not in entries or agent_id not in entries:
        raise InputError("没有这个主体", where="委托方或受托方", how="请重新选择", status=404)
    side = _own_side(actor, entries[principal_id], entries[agent_id])
    row = Agreement(
        principal_id=principal_id,
        agent_id=agent_id,
        state=DRAFT,
        drafted_by_side=side,
        created_by=actor.username,
    )
    _word(row, wording, entries)
    check(row, entries)
    row.number = _next_number(timezone.localdate().year)
    _write_text(row, entries)
    row.save()
    subject = events.agreement_subject(row)
    record(events.AGREEMENT_DRAFTED, subject, None, _state_of(row))
    start(flow=AGREEMENT_FLOW, subject=subject, actor=actor, organisation=actor.organisation.code)
    return row


@transaction.atomic
def revise_agreement(*, actor: User, agreement_id: int, wording: Wording, revision: int) -> Agreement:
    """Change days or terms before both have signed: the drafting side a draft, either side what is being signed.

    Signatures given to the earlier text become void, and both sides are asked to sign again.

    Args:
        actor: who changes it.
        agreement_id: of the agreement.
        wording: all of it anew.
        revision: the one that the actor saw; another one now is refused (409).

    Raises:
        PermissionDenied: the actor may not sign for a side of it.
        InputError: no such agreement (404), it stands otherwise by now (409).
        AgreementRefusedError: what the rules found.
    """
    row, side = locked(actor, agreement_id)
    if row.state not in (DRAFT, SIGNING):
        raise InputError(
            f"协议 {row.number} {state_label(row)}，不能修改", how="要改条款，请终止后另订一份", status=409
        )
    if row.revision != revision:
        raise InputError(f"协议 {row.number} 刚被改过", how="请刷新页面，看过最新文本再改", status=409)
    entries = directory([row.principal_id, row.agent_id])
    before = _state_of(row)
    _word(row, wording, entries)
    check(row, entries)
    _write_text(row, entries)
    after = _state_of(row)
    if before == after:
        return row
    row.revision += 1
    voided = 0
    if row.state == SIGNING:
        voided = row.signatures.filter(voided_at=None).update(voided_at=timezone.now())
        row.principal_signed_by = row.agent_signed_by = ""
        row.principal_signed_at = row.agent_signed_at = None
        call_on(
            flow=AGREEMENT_FLOW,
            subject=events.agreement_subject(row),
            organisations=tuple(codes_of(entries).values()),
        )
    row.save()
    gone, new = changes(before, after)
    record(
        events.AGREEMENT_REVISED,
        events.agreement_subject(row),
        gone,
        {**new, "revision": row.revision, "voided": voided, "side": side},
    )
    return row


def locked(actor: User, agreement_id: int) -> tuple[Agreement, Side]:
    """An agreement under lock, and the actor's side of it.

    Raises:
        PermissionDenied: the actor may not sign, or belongs to neither party.
        InputError: there is none that the actor may see (404).
    """
    require(actor, permissions.SIGN_AGREEMENTS)
    seen = agreement_of(actor, agreement_id)
    lock_pair(seen.principal_id, seen.agent_id)
    row = Agreement.objects.select_for_update().get(pk=seen.pk)
    side = side_of(actor, row)
    if side is None:
        raise PermissionDenied("只有协议双方单位的人可以办理。")
    return row, side


def lock_pair(principal_id: int, agent_id: int) -> None:
    """Let one at a time deal with the agreements of two parties: two that overlap may not come into being side by side."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"parties.agreement:{principal_id}:{agent_id}"],
        )


def check(row: Agreement, entries: dict[int, Entry], *, offered_on: date | None = None) -> None:
    """Judge an agreement by the rules of today.

    Raises:
        AgreementRefusedError: what they found.
    """
    found = judge(facts_of(row, entries, offered_on=offered_on), law_on(timezone.localdate()))
    if found:
        raise AgreementRefusedError(found)


def codes_of(entries: dict[int, Entry]) -> dict[int, str]:
    """The codes of the organisations of parties, by party id. One query."""
    codes = organisation_codes(each.organisation for each in entries.values() if each.organisation)
    return {each.id: codes[each.organisation] for each in entries.values() if each.organisation}


def _own_side(actor: User, principal: Entry, agent: Entry) -> Side:
    if principal.organisation == actor.organisation_id:
        return PRINCIPAL
    if agent.organisation == actor.organisation_id:
        return AGENT
    raise PermissionDenied("协议的一方须是您所在的单位。")


def _word(row: Agreement, wording: Wording, entries: dict[int, Entry]) -> None:
    row.valid_from, row.valid_to, row.terms = wording.valid_from, wording.valid_to, wording.terms.as_json()
    row.principal_name, row.agent_name = entries[row.principal_id].name, entries[row.agent_id].name


def _write_text(row: Agreement, entries: dict[int, Entry]) -> None:
    row.text = compose(row.number, facts_of(row, entries))
    row.text_hash = hash_of(row.text)


def _state_of(row: Agreement) -> dict[str, Any]:
    terms = {each.name: row.terms.get(each.name) for each in fields(Terms)}
    return {
        "principal": row.principal_name,
        "agent": row.agent_name,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        **terms,
        "text_hash": row.text_hash,
    }


def _next_number(year: int) -> str:
    """The next number of the year: the row stays locked until the transaction ends, so that no number is left out."""
    table = AgreementSeries._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} AS series (year, last) VALUES (%s, 1)"  # noqa: S608 - a name of ours
            " ON CONFLICT (year) DO UPDATE SET last = series.last + 1 RETURNING last",
            [year],
        )
        row = cursor.fetchone()
    assert row is not None  # noqa: S101 - RETURNING gives one
    return NUMBER.format(year=year, place=row[0])
