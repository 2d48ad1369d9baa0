"""Handing a filing in: the same checks for the page, the counter and a program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from youju.foundation.audit.encoding import changes
from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.foundation.workflow import selectors as workflow
from youju.foundation.workflow import services as flow
from youju.rules.findings import Finding, Severity
from youju.rules.trade.parties.facts import FilingFacts
from youju.rules.trade.parties.fields import FIELDS, SECRETS, label_of
from youju.rules.trade.parties.judging import errors
from youju.rules.trade.parties.lifecycle import PARTY_FLOW
from youju.trade.parties import events, permissions
from youju.trade.parties.models import FilingDraft, Party
from youju.trade.parties.selectors.filing import judged
from youju.trade.parties.services.drafting import require_section, sections_of
from youju.trade.parties.services.identifiers import write_identifiers
from youju.trade.parties.services.locking import locked_open

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

COLUMNS: tuple[str, ...] = tuple(field.code for field in FIELDS if field.code not in SECRETS)


class RefusedFilingError(InputError):
    """The rules bar the filing; ``findings`` says all of it."""

    def __init__(self, what: str, *, findings: Sequence[Finding], how: str, status: int = 422) -> None:
        super().__init__(what, how=how, status=status)
        self.findings = tuple(findings)


@transaction.atomic
def submit_filing(*, actor: User, party_id: int, explanation: str = "", expected: str = "") -> Party:
    """Hand a filing in, or hand it in again after it was sent back.

    Args:
        actor: who hands it in.
        party_id: the filing.
        explanation: why warnings stand as they are; stands in the log of the steps.
        expected: the state that the actor saw.

    Raises:
        RefusedFilingError: a rule bars it (422), or warnings are not explained.
        InputError: no such filing (404), past its draft, or somebody was faster (409).
        PermissionDenied: the actor may not file, or not these roles.
    """
    require(actor, permissions.FILE)
    party = locked_open(actor, party_id)
    today = timezone.localdate()
    law = law_on(today)
    seen = judged(party, day=today, law=law)
    require_section(actor, seen.typed.roles, law)
    _refuse(seen.findings, explanation)
    before = stored(party)
    put_facts(party, seen.facts)
    party.sections = sections_of(party.roles, law)
    party.submitted_at = timezone.now()
    party.revision += 1
    try:
        with transaction.atomic():
            party.save()
    except IntegrityError as error:
        if "parties_credit_code_once" not in str(error):
            raise
        raise InputError(
            "这个统一社会信用代码已经备案，不能重复备案",
            where=label_of("credit_code"),
            how="是本单位的，请在“我的备案”里查看；找不到的，请带营业执照到服务窗口核实账号",
            status=409,
        ) from error
    numbers = write_identifiers(party, seen.typed.form)
    FilingDraft.objects.filter(party=party).delete()
    _advance(party, actor, explanation, expected)
    was, now = changes(before, stored(party))
    was |= {kind: pair[0] for kind, pair in numbers.items()}
    now |= {kind: pair[1] for kind, pair in numbers.items()}
    record(events.FILED, events.party_subject(party), was, now)
    return party


def _refuse(findings: Sequence[Finding], explanation: str) -> None:
    wrong = errors(list(findings))
    if wrong:
        first = wrong[0]
        more = f"；还有 {len(wrong) - 1} 处" if len(wrong) > 1 else ""
        raise RefusedFilingError(
            f"还不能提交：{first.message.rstrip('。')}{more}", findings=wrong, how="请逐处改正后再提交"
        )
    open_ = [each for each in findings if each.severity is Severity.WARNING]
    if open_ and not explanation.strip():
        raise RefusedFilingError(
            f"有 {len(open_)} 处要说明：{open_[0].message.rstrip('。')}",
            findings=open_,
            how="请核对；确实如此的，写一句说明再提交",
        )


def _advance(party: Party, actor: User, reason: str, expected: str) -> None:
    subject = events.party_subject(party)
    if workflow.case(subject) is None:
        code = party.organisation.code if party.organisation else ""
        flow.start(flow=PARTY_FLOW, subject=subject, actor=actor, organisation=code)
    moved = flow.advance(
        flow=PARTY_FLOW, subject=subject, transition="submit", actor=actor, reason=reason, expected=expected
    )
    party.state = moved.state
    party.save(update_fields=["state"])


def put_facts(party: Party, facts: FilingFacts) -> None:
    """Write the columns of a party from facts that the rules let pass; identifiers go elsewhere. Unsaved."""
    party.roles = list(facts.roles)
    for code in COLUMNS:
        value = getattr(facts, code)
        setattr(party, code, list(value) if isinstance(value, tuple) else value)


def stored(party: Party) -> Mapping[str, Any]:
    """The columns that the trail compares."""
    return {"roles": list(party.roles), **{code: getattr(party, code) for code in COLUMNS}}
