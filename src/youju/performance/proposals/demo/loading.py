"""The demo's proposal and audit, authored in ``demo/proposals``, written once: numbers and system marks are the real ones."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

import yaml
from django.db import transaction

from youju.foundation.audit.services import record
from youju.foundation.identity import demo as people
from youju.foundation.identity.web.naming import who
from youju.foundation.kernel import places
from youju.foundation.kernel.context import acting, reaching_all
from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow.demo import write_cases
from youju.foundation.workflow.walks import CHINA, Walk
from youju.performance.measures.selectors import MeasuredRow, latest_frozen, measured_rows
from youju.performance.proposals import events, services
from youju.performance.proposals.models import Audit, AuditMark, Proposal, ProposedRow
from youju.performance.proposals.selectors import audited
from youju.performance.proposals.services import auditing, proposing
from youju.performance.targets.facts import document, with_year
from youju.performance.targets.selectors import active_set
from youju.rules.performance.proposals.lifecycle import (
    AUDIT_FLOW,
    AUDIT_KIND,
    PROPOSAL_FLOW,
    PROPOSAL_KIND,
)

if TYPE_CHECKING:
    from youju.foundation.identity.models import User
    from youju.performance.targets.models import TargetSet

YEAR = 2023
_CENTRE = "DEMO-ZX"
_WORDS = ("level3", "raw_value", "description", "reason")
_EDITED = (*_WORDS, "edited", "edited_by", "edited_name", "edited_at", "revision")


@cache
def told(name: str) -> dict[str, Any]:
    """``demo/proposals/<name>.yaml``: ``proposal`` or ``audit``."""
    found: dict[str, Any] = yaml.load(
        (places.DEMO / "proposals" / f"{name}.yaml").read_bytes(), Loader=yaml.CSafeLoader
    )
    return found


@transaction.atomic
def load() -> bool:
    """Load them once; whether anything was loaded. Where a proposal or an audit stands already nothing is touched."""
    with reaching_all():
        officer, finance, kept = people.find("PFO"), people.find("FIN"), active_set(year=YEAR)
        if officer is None or finance is None or kept is None or not kept.is_demo:
            return False
        if Proposal.objects.exists() or Audit.objects.exists():
            return False
        _audited(kept, finance)
        rows = _proposed(kept, officer)
        record(
            events.LOADED,
            Subject(events.DEMO_KIND, str(YEAR), "示例年度的目标建议和审核"),
            None,
            {"rows": rows},
        )
    return True


def _audited(kept: TargetSet, finance: User) -> None:
    """Finance audits the targets before the year begins: nothing is known yet of a year before."""
    plan, by = told("audit"), (finance.username, finance.display_name)
    case, done = audited(kept, results={})
    row = auditing.store_audit(kept, case, done, number=auditing.number_of(YEAR), by=by, is_demo=True)
    row.made_at = _at(plan["opened"], 9)
    own = {each["item"]: each for each in plan["marks"]}
    marks = list(row.marks.filter(item__in=own))
    for each in marks:
        each.mark, each.why = Decimal(own[each.item]["mark"]), own[each.item]["why"]
        each.revision = 1
    AuditMark.objects.bulk_update(marks, ["mark", "why", "revision"])
    auditing.settle(row, plan["opinion"], by=by, on=plan["concluded"])
    walk = Walk(AUDIT_FLOW, by, row.made_at)
    walk.take("conclude", by, _at(plan["concluded"], 16))
    write_cases(AUDIT_KIND, [(row.number, str(row), _CENTRE, walk)])
    with acting(**who(finance)):
        services.request_opinion(actor=finance, number=row.number)


def _proposed(kept: TargetSet, officer: User) -> int:
    """The officer proposes next year's targets and changes a few rows; how many rows there are. It stays open."""
    plan, by = told("proposal"), (officer.username, officer.display_name)
    until = date(YEAR, 12, 31)
    source = proposing.Source(
        kept, with_year(document(kept), YEAR), _reached(kept, officer, until), {}, until
    )
    row = proposing.store_proposal(source, number=proposing.number_of(YEAR + 1), by=by, is_demo=True)
    row.made_at = _at(plan["made"], 10)
    row.save(update_fields=["made_at"])
    wished = {(each["code"], each["row"]): each for each in plan["rows"]}
    rows = list(row.rows.all())
    edited = [each for each in rows if (each.code, each.row) in wished]
    for order, each in enumerate(edited):
        for name in _WORDS:
            setattr(each, name, wished[each.code, each.row][name])
        each.edited, each.revision = True, 1
        each.edited_by, each.edited_name = by
        each.edited_at = _at(plan["edited"], 9 + order)
    ProposedRow.objects.bulk_update(edited, _EDITED)
    walk = Walk(PROPOSAL_FLOW, by, row.made_at)
    write_cases(PROPOSAL_KIND, [(row.number, str(row), _CENTRE, walk)])
    return len(rows)


def _reached(kept: TargetSet, officer: User, until: date) -> list[MeasuredRow]:
    """What the year came to: as the evaluation froze it, or measured now where it froze nothing."""
    frozen = latest_frozen(actor=officer, target_set=kept, until=until)
    if frozen is not None:
        return list(frozen.rows)
    return measured_rows(actor=officer, target_set=kept, until=until)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), CHINA)
