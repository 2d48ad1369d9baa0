"""What the pages of a project show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from youju.foundation.files.selectors import Attached, attachments
from youju.foundation.identity.permissions import allowed, require
from youju.foundation.kernel.subjects import Subject
from youju.funds.projects import permissions
from youju.funds.projects.facts import ProjectView
from youju.funds.projects.models import Adjustment, Batch, Project, Source, Step
from youju.funds.projects.selectors.views import view_of
from youju.rules.funds.projects.lifecycle import ADJUSTMENT_KIND, BATCH_KIND, PROJECT_KIND

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """A project with all that hangs on it."""

    row: Project
    view: ProjectView
    sources: Sequence[Source]
    adjustments: Sequence[Adjustment]
    steps: Sequence[Step]
    batches: Sequence[Batch]
    files: Sequence[Attached]
    may_edit: bool
    may_manage: bool


@dataclass(frozen=True, slots=True)
class AdjustmentPage:
    """An adjustment with its document."""

    row: Adjustment
    files: Sequence[Attached]


@dataclass(frozen=True, slots=True)
class BatchPage:
    """A batch with its papers of acceptance."""

    row: Batch
    files: Sequence[Attached]


def project_page(*, actor: User, project_id: int) -> ProjectPage | None:
    """One project, or ``None``.

    Raises:
        PermissionDenied: the actor may not see projects.
    """
    require(actor, permissions.VIEW)
    row = (
        Project.objects.select_related("ledger")
        .prefetch_related("plan", "sources", "adjustments", "steps", "batches")
        .filter(pk=project_id)
        .first()
    )
    if row is None:
        return None
    return ProjectPage(
        row=row,
        view=view_of(row),
        sources=list(row.sources.all()),
        adjustments=list(row.adjustments.all()),
        steps=list(row.steps.all()),
        batches=list(row.batches.all()),
        files=attachments(Subject(PROJECT_KIND, str(row.pk))),
        may_edit=allowed(actor, permissions.EDIT),
        may_manage=allowed(actor, permissions.MANAGE),
    )


def adjustment_page(*, actor: User, number: str) -> AdjustmentPage | None:
    """One adjustment, or ``None``.

    Raises:
        PermissionDenied: the actor may not see projects.
    """
    require(actor, permissions.VIEW)
    row = Adjustment.objects.select_related("project").filter(number=number.replace("\0", "")).first()
    return AdjustmentPage(row, attachments(Subject(ADJUSTMENT_KIND, row.number))) if row else None


def batch_page(*, actor: User, number: str) -> BatchPage | None:
    """One batch, or ``None``.

    Raises:
        PermissionDenied: the actor may not see projects.
    """
    require(actor, permissions.VIEW)
    row = Batch.objects.select_related("project").filter(number=number.replace("\0", "")).first()
    return BatchPage(row, attachments(Subject(BATCH_KIND, row.number))) if row else None
