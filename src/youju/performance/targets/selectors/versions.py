"""The versions of a year: their list, one of them with its state, what it still lacks, two of them side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from youju.foundation.files.selectors import Attached, attachments
from youju.foundation.workflow import selectors as workflow
from youju.foundation.workflow.selectors import Available, CaseView, Milestone, StepView
from youju.performance.targets import facts
from youju.performance.targets.events import set_subject
from youju.performance.targets.models import Answer, TargetSet
from youju.rules.findings import Severity
from youju.rules.performance.targets.aligning import AlignedRow, aligned
from youju.rules.performance.targets.diff import PROJECT_LABELS, Difference, compare
from youju.rules.performance.targets.lifecycle import (
    ADJUSTED,
    DRAFT,
    DROPPED,
    FLOW,
    INNER,
    KIND,
    OPEN,
    PUBLISHED,
)

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A line of the list of versions."""

    id: int
    version: int
    state: str
    state_label: str
    is_active: bool
    made_at: datetime
    made_by: str
    source: str
    adjusts: int | None
    adjust_document: str
    errors: int
    warnings: int
    revision: int
    due: CaseView | None


@dataclass(frozen=True, slots=True)
class Readiness:
    """What a draft still lacks before it can be submitted, in words; empty: it is ready."""

    errors: int
    unanswered: int
    needs_reason: bool

    @property
    def missing(self) -> list[str]:
        """Each thing that is missing."""
        said = [f"{self.errors} 条错误没有改正"] if self.errors else []
        if self.unanswered:
            said.append(f"{self.unanswered} 条警告没有答复")
        if self.needs_reason:
            said.append("没有写调整理由和文号")
        return said


@dataclass(frozen=True, slots=True)
class VersionPage:
    """All that the page of one version shows."""

    target_set: TargetSet
    state_label: str
    readiness: Readiness
    sources: Sequence[Attached]
    papers: Sequence[Attached]
    former: TargetSet | None
    published: TargetSet | None

    @property
    def is_draft(self) -> bool:
        """Whether it may change in place."""
        return self.target_set.state == DRAFT

    @property
    def may_be_adjusted(self) -> bool:
        """Whether it is published."""
        return self.target_set.state == PUBLISHED

    @property
    def adjusts(self) -> bool:
        """Whether it takes the place of a published version."""
        return self.published is not None and self.target_set.state in OPEN


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions side by side: ``left`` is the older one as a rule."""

    left: TargetSet
    right: TargetSet
    difference: Difference

    @property
    def cells(self) -> int:
        """How many cells differ in projects that both versions have."""
        return sum(len(project.cells) for project in self.difference.changed)


def version_rows(target_set: TargetSet) -> list[VersionRow]:
    """Every version of the same unit and year, latest first: two queries."""
    sets = (
        TargetSet.objects.filter(unit_key=target_set.unit_key, fiscal_year=target_set.fiscal_year)
        .select_related("imported_by", "based_on")
        .annotate(
            errors=Count("findings", filter=Q(findings__severity=Severity.ERROR)),
            warnings=Count("findings", filter=Q(findings__severity=Severity.WARNING)),
        )
        .order_by("-version")
    )
    rows = list(sets)
    cases = workflow.states_of(KIND, [str(row.pk) for row in rows])
    return [
        VersionRow(
            id=row.pk,
            version=row.version,
            state=row.state,
            state_label=FLOW.state(row.state).label,
            is_active=row.is_active,
            made_at=row.imported_at,
            made_by=row.imported_by.display_name if row.imported_by else "系统",
            source=row.source_name,
            adjusts=row.based_on.version if row.based_on else None,
            adjust_document=row.adjust_document,
            errors=row.errors,
            warnings=row.warnings,
            revision=row.revision,
            due=cases.get(str(row.pk)),
        )
        for row in rows
    ]


def version_page(target_set_id: int) -> VersionPage | None:
    """One version, or ``None``."""
    target_set = TargetSet.objects.select_related("imported_by", "based_on").filter(pk=target_set_id).first()
    if target_set is None:
        return None
    subject = set_subject(target_set)
    files = attachments(subject)
    return VersionPage(
        target_set=target_set,
        state_label=FLOW.state(target_set.state).label,
        readiness=readiness(target_set),
        sources=[each for each in files if each.role == "source"],
        papers=[each for each in files if each.role == "adjustment"],
        former=target_set.based_on,
        published=_published_beside(target_set),
    )


def readiness(target_set: TargetSet) -> Readiness:
    """What a draft lacks, from its stored findings and answers: three queries."""
    errors = target_set.findings.filter(severity=Severity.ERROR).count()
    answered = target_set.answers.order_by().values("fingerprint")
    unanswered = target_set.findings.filter(severity=Severity.WARNING).exclude(fingerprint__in=answered)
    adjusting = _published_beside(target_set) is not None
    described = bool(target_set.adjust_reason and target_set.adjust_document)
    return Readiness(errors, unanswered.count(), adjusting and not described)


def _published_beside(target_set: TargetSet) -> TargetSet | None:
    return (
        TargetSet.objects.filter(
            unit_key=target_set.unit_key, fiscal_year=target_set.fiscal_year, state=PUBLISHED
        )
        .exclude(pk=target_set.pk)
        .first()
    )


def answers(target_set: TargetSet) -> Mapping[str, Answer]:
    """The answers of a version by the fingerprint of their findings."""
    return {each.fingerprint: each for each in target_set.answers.all()}


def comparison(left: TargetSet, right: TargetSet) -> Comparison:
    """What differs between two versions, by project and by cell: 14 queries whatever their size."""
    return Comparison(left, right, compare(facts.document(left), facts.document(right)))


@dataclass(frozen=True, slots=True)
class TableBeside:
    """One project's table of two versions; ``head`` holds (label, left, right)."""

    code: str
    name: str
    head: Sequence[tuple[str, str | None, str | None]]
    rows: Sequence[AlignedRow]


def table_beside(left: TargetSet, right: TargetSet, code: str) -> TableBeside | None:
    """One project's table of two versions laid over each other, or ``None`` where neither has it."""
    tables = [
        next((each for each in facts.document(one).projects if each.code == code), None)
        for one in (left, right)
    ]
    old, new = tables
    named = new or old
    if named is None:
        return None
    head: list[tuple[str, str | None, str | None]] = [
        (label, getattr(old, name) if old else None, getattr(new, name) if new else None)
        for name, label in PROJECT_LABELS.items()
    ]
    months = sorted({month for each in tables if each for month in each.plan})
    head += [
        (
            f"{int(month)}月底支出计划",
            old.plan.get(month) if old else None,
            new.plan.get(month) if new else None,
        )
        for month in months
    ]
    head.append(("绩效目标", "\n".join(old.goals) if old else None, "\n".join(new.goals) if new else None))
    return TableBeside(code, named.name, head, aligned(old, new))


def before(target_set: TargetSet) -> TargetSet | None:
    """The version that a version was made from, else the one numbered before it."""
    if target_set.based_on is not None:
        return target_set.based_on
    same = TargetSet.objects.filter(unit_key=target_set.unit_key, fiscal_year=target_set.fiscal_year)
    return same.filter(version__lt=target_set.version).order_by("-version").first()


@dataclass(frozen=True, slots=True)
class Way:
    """The way of a version as a picture: stages with dates and people, the log, and what this user may do next."""

    milestones: Sequence[Milestone]
    case: CaseView | None
    log: Sequence[StepView]
    options: Sequence[Available]


def way(target_set: TargetSet, user: User | None = None) -> Way:
    """The stages of a version. A stage that only an adjustment would bring is left out until it comes."""
    subject = set_subject(target_set)
    options = workflow.available(subject, user) if user is not None else ()
    return Way(
        milestones=stages(target_set),
        case=workflow.case(subject),
        log=workflow.log_of(subject),
        options=[each for each in options if each.code not in INNER],
    )


def stages(target_set: TargetSet) -> Sequence[Milestone]:
    """The stages of a version alone: two queries."""
    final = {FLOW.state(code).label for code in (ADJUSTED, DROPPED)}
    dropped = target_set.state == DROPPED
    return [
        each
        for each in workflow.milestones(set_subject(target_set))
        if not (each.label in final and each.status == "next") and not (dropped and each.at is None)
    ]


def state_label(target_set: TargetSet) -> str:
    """The state of a version in Chinese."""
    return FLOW.state(target_set.state).label
