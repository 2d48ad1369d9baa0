"""Appeals and repairs for lists and pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from youju.foundation.files.selectors import Attached, attachments
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow import selectors as workflow
from youju.rules.trade.credit.kinds import title_of
from youju.rules.trade.credit.lifecycle import DRAFT
from youju.trade.credit import events, permissions
from youju.trade.credit.models import Plea, Score, SetAside
from youju.trade.credit.selectors.scores import require_any

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class PleaPage:
    """An appeal or repair with its way, its files, and the scores that a decision made anew."""

    plea: Plea
    title: str
    case: workflow.CaseView | None
    milestones: tuple[workflow.Milestone, ...]
    log: tuple[workflow.StepView, ...]
    options: tuple[workflow.Available, ...]
    files: tuple[Attached, ...]
    aside: SetAside | None
    before: Score | None
    after: Score | None


def pleas(actor: User, *, kind: str = "", state: str = "", text: str = "") -> QuerySet[Plea]:
    """Appeals and repairs in the actor's reach.

    Raises:
        PermissionDenied: the actor sees no credit at all.
    """
    require_any(actor, permissions.VIEW, permissions.OWN)
    rows = Plea.objects.exclude(state=DRAFT)
    for word in text.replace("\0", "").split():
        rows = rows.filter(name__icontains=word) | rows.filter(number__istartswith=word)
    rows = rows.filter(kind=kind) if kind else rows
    return rows.filter(state=state) if state else rows


def plea_of(actor: User, plea_id: int) -> Plea:
    """One of them.

    Raises:
        PermissionDenied: the actor sees no credit at all.
        InputError: there is none in the actor's reach (404).
    """
    require_any(actor, permissions.VIEW, permissions.OWN)
    found = (
        Plea.objects.select_related("score__snapshot")
        .filter(pk=plea_id if plea_id <= _LARGEST else 0)
        .first()
    )
    if found is None:
        raise InputError("没有这件申请", how="请回到列表重新选择", status=404)
    return found


def plea_page(actor: User, plea_id: int) -> PleaPage:
    """All that its page shows.

    Raises:
        PermissionDenied, InputError: as :func:`plea_of`.
    """
    row = plea_of(actor, plea_id)
    subject = events.plea_subject(row)
    case = workflow.case(subject)
    aside = SetAside.objects.filter(plea=row).first()
    after = None
    if aside is not None:
        versions = Score.objects.filter(party_id=row.party_id, snapshot=row.score.snapshot_id)
        after = versions.filter(scored_at=aside.decided_at).first()
    return PleaPage(
        row,
        title_of(row.record["kind"]),
        case,
        tuple(workflow.milestones(subject)) if case else (),
        tuple(workflow.log_of(subject)),
        tuple(workflow.available(subject, actor)) if case else (),
        tuple(attachments(subject)),
        aside,
        row.score,
        after,
    )


def plea_file(actor: User, plea_id: int, file_id: int) -> Attached:
    """A file of one.

    Raises:
        InputError: there is none (404).
    """
    files = attachments(events.plea_subject(plea_of(actor, plea_id)))
    found = next((each for each in files if each.id == file_id), None)
    if found is None:
        raise InputError("没有这个文件", how="请回到申请页面", status=404)
    return found
