"""What the centre does with a filing: accept, approve, send back; and taking it back before that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record_many
from youju.foundation.identity import selectors as identity
from youju.foundation.identity.permissions import allowed
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.foundation.workflow import services as flow
from youju.rules.law import Law, whole
from youju.rules.trade.parties.judging import errors, judge, rules_on
from youju.rules.trade.parties.lifecycle import APPROVED, PARTY_FLOW
from youju.trade.parties import events, permissions
from youju.trade.parties.facts import IMPORTED, Stalls, filing_facts, form_of, paper_facts
from youju.trade.parties.models import Party, Tenancy
from youju.trade.parties.selectors.reach import visible
from youju.trade.parties.services.locking import locked
from youju.trade.parties.services.numbering import take_numbers

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

STEPS = ("accept", "approve", "return", "withdraw")
"""The steps of a filing on its way; suspending, resuming and cancelling are another service's."""
BULK = ("accept", "approve")


@transaction.atomic
def take_step(*, actor: User, party_id: int, transition: str, reason: str = "", expected: str = "") -> Party:
    """Take one step with a filing; who may take it is judged by the workflow (two-person control, substitutes).

    At the approval the filing gets its number and its validity, the stall its holder, and one that the counter took in the
    account organisation with the same credit code, where there is one.

    Raises:
        InputError: no such filing (404) or step, a rule bars the approval now, or somebody was faster (409).
        PermissionDenied: no permission, or barred by two-person control.
    """
    _require_known(actor, transition, STEPS)
    party = locked(actor, party_id)
    moved = flow.advance(
        flow=PARTY_FLOW,
        subject=events.party_subject(party),
        transition=transition,
        actor=actor,
        reason=reason,
        expected=expected,
    )
    party.state = moved.state
    party.save(update_fields=["state"])
    if party.state == APPROVED and transition == "approve":
        _put_on_file([party])
    return party


@transaction.atomic
def take_steps(*, actor: User, party_ids: Iterable[int], transition: str) -> int:
    """Take one step with many filings: all of them, or none; how many.

    Raises:
        InputError: none or too many chosen, one that is not there, not in the right state, or barred by a rule.
        PermissionDenied: as ``take_step``, for the first that may not be taken.
    """
    _require_known(actor, transition, BULK)
    wanted = sorted(set(party_ids))
    most = whole(law_on(timezone.localdate()), "trade.parties.bulk_steps")
    if not wanted or len(wanted) > most:
        raise InputError(
            "没有选择备案" if not wanted else f"一次至多办理 {most} 份", how="请勾选要办理的备案"
        )
    parties = list(visible(actor).select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk"))
    if len(parties) != len(wanted):
        raise InputError("其中有的备案不在了", how="请刷新页面", status=404)
    subjects = [events.party_subject(party) for party in parties]
    flow.advance_many(flow=PARTY_FLOW, subjects=subjects, transition=transition, actor=actor)
    target = PARTY_FLOW.transition(transition).target
    Party.objects.filter(pk__in=wanted).update(state=target)
    for party in parties:
        party.state = target
    if transition == "approve":
        _put_on_file(parties)
    return len(parties)


def _require_known(actor: User, transition: str, steps: Sequence[str]) -> None:
    # Whose turn it is, the workflow says; here only: somebody who sees filings at all.
    if not any(allowed(actor, each) for each in (permissions.VIEW, permissions.OWN)):
        raise PermissionDenied(f"您的账号没有“{permissions.REVIEW.label}”的权限。")
    if transition not in steps:
        raise InputError(f"没有“{transition[:40]}”这个步骤", how="请刷新页面后重试")


def _put_on_file(parties: Sequence[Party]) -> None:
    """Judge anew what is approved, under today's law, and give it what a filed party has. Inner step."""
    today = timezone.localdate()
    law = law_on(today)
    _judge_again(parties, today, law)
    numbers = iter(take_numbers(day=today, law=law, count=sum(1 for each in parties if not each.number)))
    until = valid_until(today, law)
    stalls, deeds = Stalls(), []
    for party in parties:
        party.number = party.number or next(numbers)
        party.valid_from, party.valid_to, party.approved_at = today, until, timezone.now()
        if party.organisation_id is None:
            party.organisation = identity.organisation_by_credit_code(party.credit_code)
        told = {"number": party.number, "valid_from": today, "valid_to": until}
        if party.organisation is not None:
            told["organisation"] = party.organisation.name
        deeds.append((events.party_subject(party), None, told))
    Party.objects.bulk_update(parties, ["number", "valid_from", "valid_to", "approved_at", "organisation"])
    for party in parties:
        stall = stalls.find(party.market, party.stall_number) if party.stall_number else None
        if stall and not stalls.known(party.market, party.stall_number):
            Tenancy.objects.create(party=party, stall_id=stall, valid_from=today)
    record_many(events.PUT_ON_FILE, deeds)


def valid_until(day: date, law: Law) -> date:
    """The last day of a filing that was approved on a day."""
    years = whole(law, "trade.parties.filing_years")
    try:
        after = day.replace(year=day.year + years)
    except ValueError:  # 29 February
        after = day.replace(year=day.year + years, month=3, day=1)
    return after - timedelta(days=1)


def _judge_again(parties: Sequence[Party], today: date, law: Law) -> None:
    """A paper may have run out since the filing was handed in, or a rule may have changed.

    Raises:
        InputError: the first filing that a rule bars (409).
    """
    rows = Party.objects.filter(pk__in=[each.pk for each in parties]).prefetch_related(
        "identifiers", "papers"
    )
    rules = rules_on(law)
    for party in rows:
        papers = None if party.channel == IMPORTED else paper_facts(party.papers.all())
        # That its credit code is filed once, the table itself sees to.
        facts = filing_facts(form_of(party), tuple(party.roles), day=today, law=law, papers=papers)
        wrong = errors(judge(facts, law, rules))
        if wrong:
            raise InputError(
                f"“{party.name}”不能通过：{wrong[0].message.rstrip('。')}",
                how="请退回补正，写明要改什么",
                status=409,
            )
