"""Agency export certificates: applied for by the agent, issued, refused, cancelled or replaced by the tax office."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.foundation.workflow.services import advance, start
from youju.rules.law import whole
from youju.rules.trade.exemptions.facts import CertificateFacts
from youju.rules.trade.exemptions.lifecycle import CERTIFICATE_FLOW, OVER
from youju.trade.exemptions import events, permissions
from youju.trade.exemptions.models import Certificate, CertificateLine, ExportLine
from youju.trade.exemptions.selectors.lists import certificate_of
from youju.trade.exemptions.services.numbering import next_numbers
from youju.trade.exemptions.services.refusing import checked
from youju.trade.parties.selectors.entrusted import agreement_between, tax_ids_of
from youju.trade.parties.selectors.partners import names_of, organisations_of, partners

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_LONGEST = 500


@transaction.atomic
def apply(*, actor: User, declaration: str, consignor: str) -> Certificate:
    """Ask for the certificate of a consignor's goods in a declaration.

    Args:
        actor: of the declaration's agent.
        declaration: our number with its version, or customs' number.
        consignor: filing number of the merchant.

    Raises:
        PermissionDenied: the actor files nothing, or is not of the agent.
        ExemptionRefusedError: not released (EXM-010), no agreement on that day (EXM-009), certified already (EXM-011).
    """
    require(actor, permissions.FILE)
    found = partners([consignor]).get(consignor)
    lines = _lines(declaration, found.id if found else 0)
    agent = lines[0].agent if lines else 0
    day = lines[0].released_on if lines else None
    if lines and organisations_of([agent]).get(agent) != actor.organisation_id:
        raise PermissionDenied("代理出口货物证明由报关单上的外贸代理申请。")
    agreement = agreement_between(found.id, agent, day) if found and day else ""
    _check(declaration, lines, day, agreement)
    row = _made(actor, lines, agreement)
    start(
        flow=CERTIFICATE_FLOW,
        subject=events.certificate_subject(row),
        actor=actor,
        organisation=actor.organisation.code,
    )
    told = {
        "declaration": row.declaration,
        "consignor": row.consignor_name,
        "amount": row.amount_cny,
        "agreement": agreement,
    }
    record(events.APPLIED, events.certificate_subject(row), None, told)
    return row


@transaction.atomic
def take_certificate_step(
    *, actor: User, certificate_id: int, step: str, reason: str = "", tax_number: str = "", expected: str = ""
) -> Certificate:
    """Issue (with the tax office's number), refuse, cancel or replace a certificate; its agent withdraws what it asked for.

    Raises:
        PermissionDenied: no permission for the step.
        InputError: there is none (404), the step does not lead on (409), the number is missing or given already, no reason.
    """
    if step not in {each.code for each in CERTIFICATE_FLOW.transitions}:
        raise InputError("没有这个步骤", how="请刷新页面后重试")
    require(actor, permissions.FILE if step == "withdraw" else permissions.CERTIFY)
    seen = certificate_of(actor, certificate_id)
    row = Certificate.objects.select_for_update().get(pk=seen.pk)
    if step == "withdraw" and organisations_of([row.agent_id]).get(row.agent_id) != actor.organisation_id:
        raise PermissionDenied("申请由外贸代理撤回。")
    number = tax_number.replace("\0", "").strip()
    if step == "issue" and not number:
        raise InputError("没有填证明编号", where="证明编号", how="请填税务系统给出的编号")
    case = advance(
        flow=CERTIFICATE_FLOW,
        subject=events.certificate_subject(row),
        transition=step,
        actor=actor,
        reason=reason,
        expected=expected,
    )
    row.state, row.reason = case.state, reason.strip()[:_LONGEST]
    if step == "issue":
        today = timezone.localdate()
        row.tax_number, row.issued_on, row.issued_by = number[:30], today, actor.username
        row.valid_until = today + timedelta(days=whole(law_on(today), "trade.exemptions.certificate_days"))
    _save(row)
    if row.state in OVER:
        CertificateLine.objects.filter(certificate=row).update(live=False)
    if step == "exchange":
        _exchange(actor, row)
    return row


def _exchange(actor: User, old: Certificate) -> None:
    """A new application over the same goods as they are released now, that takes the old one's place."""
    lines = _lines(old.declaration, old.consignor_id)
    row = _made(actor, lines, old.agreement, replaces=old) if lines else None
    if row is None:
        raise InputError("报关单里已经没有这家的货物", where=old.declaration, how="请改为作废", status=409)
    subject = events.certificate_subject(row)
    start(flow=CERTIFICATE_FLOW, subject=subject, actor=actor)
    record(events.APPLIED, subject, None, {"declaration": row.declaration, "amount": row.amount_cny})


def _lines(declaration: str, consignor: int) -> list[ExportLine]:
    number = declaration.replace("\0", "").strip()
    if not number:
        return []
    rows = ExportLine.objects.filter(merchant=consignor)
    found = list(rows.filter(declaration=number).order_by("line"))
    return found or list(rows.filter(entry_number=number).order_by("line"))


def _check(declaration: str, lines: list[ExportLine], day: date | None, agreement: str) -> None:
    held = CertificateLine.objects.filter(source__in=[each.line for each in lines], live=True)
    certified = tuple(sorted(set(held.values_list("certificate__number", flat=True))))
    checked(CertificateFacts(timezone.localdate(), declaration, day, agreement, len(lines), certified))


def _made(
    actor: User, lines: list[ExportLine], agreement: str, replaces: Certificate | None = None
) -> Certificate:
    first, today = lines[0], timezone.localdate()
    ids = [first.agent, first.merchant]
    names, bodies = names_of(ids), organisations_of(ids)
    row = Certificate.objects.create(
        number=next_numbers(f"DL{today:%Y}")[0],
        agent_id=first.agent,
        agent_name=names.get(first.agent, ("", ""))[1],
        consignor_id=first.merchant,
        consignor_name=names.get(first.merchant, ("", ""))[1],
        tax_id=(tax_ids_of([first.merchant]).get(first.merchant) or "")[:20],
        declaration=first.declaration,
        entry_number=first.entry_number,
        released_on=first.released_on,
        agreement=agreement,
        lines_count=len(lines),
        amount_cny=sum(each.value_cny for each in lines),
        applied_on=today,
        applied_by=actor.username,
        replaces=replaces,
        organisations=sorted({each for each in bodies.values() if each}),
    )
    try:
        with transaction.atomic():
            CertificateLine.objects.bulk_create(_line(row, each) for each in lines)
    except IntegrityError as error:
        # Somebody applied for the same goods in the same moment.
        raise InputError(
            "其中的货物刚刚被别人申请了证明", where=first.declaration, how="请刷新页面", status=409
        ) from error
    return row


def _line(row: Certificate, each: ExportLine) -> CertificateLine:
    names = ("g_no", "order_number", "hs_code", "name", "currency", "amount")
    return CertificateLine(
        certificate=row,
        source_id=each.line,
        amount_cny=each.value_cny,
        **{name: getattr(each, name) for name in names},
    )


def _save(row: Certificate) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise InputError(
            f"证明编号“{row.tax_number}”已经用过", where="证明编号", how="请核对编号", status=409
        ) from error
