"""Computing an application: always from the records of the moment, never from what was typed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.files.selectors import attachments
from youju.foundation.kernel.context import current
from youju.funds.subsidies import claim_events
from youju.funds.subsidies.claim_facts import Ground, ground_of
from youju.funds.subsidies.models import Application, Computation, CountedLine
from youju.funds.subsidies.selectors.texts import text_of
from youju.rules.funds.subsidies.computing import Computation as Computed
from youju.rules.funds.subsidies.computing import Line, compute
from youju.trade.parties.selectors.applicants import applicant

EVIDENCE = "evidence."


def computed_now(row: Application, *, judged_on: date | None) -> tuple[Computed, Ground]:
    """What the policy gives on the records of this moment; nothing is written."""
    policy = text_of(row.text)
    ground = ground_of(
        policy,
        applicant(row.party_id),
        costs=row.costs.all(),
        evidence=evidence_of(row),
        judged_on=judged_on,
    )
    return compute(policy, ground.facts), ground


def evidence_of(row: Application) -> frozenset[str]:
    """Codes of the papers that were uploaded."""
    files = attachments(claim_events.claim_subject(row))
    return frozenset(each.role.removeprefix(EVIDENCE) for each in files if each.role.startswith(EVIDENCE))


def keep_computation(row: Application, stage: str, *, judged_on: date | None = None) -> Computed:
    """Compute, and keep the result beside the stage: the amount, each clause's line, the counted records.

    Args:
        row: the application, under lock; its amount is written.
        stage: ``draft``, ``submit``, ``review``, ``recheck``, ``list``.
        judged_on: the day on which dates of filing and applying are judged.
    """
    computed, ground = computed_now(row, judged_on=judged_on)
    last = row.computations.order_by("-pk").first()
    # While it is filled in, what is still missing does not make nothing of it: it is listed beside the amount.
    given = computed.potential if stage == "draft" else computed.total
    difference = given - last.total if last else Decimal(0)
    if stage == "draft" and last and (last.facts_hash, last.total) == (ground.hash, given):
        return computed
    Computation.objects.create(
        application=row,
        stage=stage,
        potential=computed.potential,
        total=given,
        difference=difference,
        lines=[line_as_json(each) for each in computed.lines],
        cuts=[{"what": cut.what, "clause": cut.clause, "sentence": cut.sentence} for cut in computed.capped],
        missing=[each.as_json() for each in computed.missing],
        facts_hash=ground.hash,
        policy_hash=row.policy_hash,
        computed_by=current().actor,
    )
    if last is None or last.facts_hash != ground.hash:
        _keep_lines(row, ground)
    row.amount, row.changed_at = given, timezone.now()
    row.save(update_fields=["amount", "changed_at"])
    record(
        claim_events.COMPUTED,
        claim_events.claim_subject(row),
        {"amount": last.total} if last else None,
        {
            "amount": given,
            "stage": stage,
            "difference": difference,
            "facts_hash": ground.hash,
        },
    )
    return computed


def line_as_json(line: Line) -> dict[str, Any]:
    """A clause's line as a computation keeps it."""
    return {
        "clause": line.clause,
        "title": line.title,
        "reference": line.reference,
        "counted": list(line.counted),
        "base_counted": len(line.base_counted),
        "base": f"{line.base:f}",
        "unit": line.unit,
        "rate": None if line.rate is None else f"{line.rate:f}",
        "before_cap": f"{line.before_cap:.2f}",
        "amount": f"{line.amount:.2f}",
        "sentence": line.sentence,
    }


def _keep_lines(row: Application, ground: Ground) -> None:
    row.lines.all().delete()
    CountedLine.objects.bulk_create(
        CountedLine(
            application=row,
            part=part,
            source=line.source,
            declaration=line.declaration,
            entry_number=line.entry_number,
            g_no=line.g_no,
            day=line.day,
            name=line.name,
            product=line.product,
            partner=line.partner,
            value_usd=line.usd,
            teu=ground.teu.get(line.source, Decimal(0)) if part == "window" else Decimal(0),
            container=line.container,
        )
        for part, lines in (("window", ground.window), ("base", ground.base))
        for line in lines
    )
