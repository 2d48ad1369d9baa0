"""Releases as lists, one by one, and as the public sees them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils import timezone

from youju.foundation.identity.permissions import allowed, require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.foundation.workflow import selectors as workflow
from youju.performance.disclosure import events, permissions
from youju.performance.disclosure.facts import release_facts
from youju.performance.disclosure.models import Release
from youju.performance.targets.selectors import active_sets
from youju.rules.findings import Finding
from youju.rules.performance.disclosure.contents import Changed, differences
from youju.rules.performance.disclosure.judging import judge
from youju.rules.performance.disclosure.lifecycle import DRAFT, EVER_PUBLIC, INNER, KINDS, PUBLISHED

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class Version:
    """A version that is or was public, without its content."""

    version: int
    state: str
    published_on: date
    closed_on: date | None
    reason: str
    closing: str
    content_hash: str


@dataclass(frozen=True, slots=True)
class Published:
    """What is public of one kind and year, with the versions before it. A withdrawn one has no content any more."""

    kind: str
    year: int
    version: int
    unit_name: str
    until: date | None
    published_on: date
    reason: str
    content: Mapping[str, Any]
    content_hash: str
    versions: tuple[Version, ...]
    withdrawn: str = ""

    @property
    def folder(self) -> str:
        """Where it stands on the site."""
        return f"{self.year}/{self.kind}"


@dataclass(frozen=True, slots=True)
class ReleasePage:
    """A release with what the rules say, what differs from the version before, its way and its next steps."""

    row: Release
    state_label: str
    findings: tuple[Mapping[str, Any], ...]
    watched: tuple[Finding, ...]
    before: Release | None
    changes: tuple[Changed, ...]
    case: workflow.CaseView | None
    milestones: tuple[workflow.Milestone, ...]
    log: tuple[workflow.StepView, ...]
    options: tuple[workflow.Available, ...]
    may_refresh: bool
    stops: bool


def releases(actor: User, *, kind: str = "", year: int | None = None, state: str = "") -> QuerySet[Release]:
    """The releases without their content.

    Raises:
        PermissionDenied: the actor sees no releases.
    """
    require(actor, permissions.VIEW)
    rows = Release.objects.defer("content", "findings")
    for name, value in (("kind", kind), ("year", year), ("state", state)):
        if value:
            rows = rows.filter(**{name: value})
    return rows


def release_of(actor: User, release_id: int) -> Release:
    """One release.

    Raises:
        PermissionDenied: the actor sees no releases.
        InputError: there is none (404).
    """
    require(actor, permissions.VIEW)
    row = Release.objects.filter(pk=release_id).first()
    if row is None:
        raise InputError("没有这份公开内容", how="请从列表里选择", status=404)
    return row


def release_page(actor: User, release_id: int) -> ReleasePage:
    """One release with everything around it. A handful of queries.

    Raises:
        PermissionDenied: the actor sees no releases.
        InputError: there is none (404).
    """
    row, today = release_of(actor, release_id), timezone.localdate()
    subject = events.subject_of(row)
    case = workflow.case(subject)
    before = Release.objects.filter(
        unit_key=row.unit_key, year=row.year, kind=row.kind, version__lt=row.version, state__in=EVER_PUBLIC
    ).order_by("-version").first()  # fmt: skip
    public = [
        {name: part for name, part in each.content.items() if name != "notes"}
        for each in (before, row)
        if each
    ]
    return ReleasePage(
        row=row,
        state_label=case.state_label if case else row.state,
        findings=tuple(row.findings),
        watched=tuple(judge(release_facts(row, "watch", today, actor=actor), law_on(today))),
        before=before,
        changes=tuple(differences(*public)) if before else (),
        case=case,
        milestones=tuple(workflow.milestones(subject)),
        log=tuple(workflow.log_of(subject)),
        options=tuple(each for each in workflow.available(subject, actor) if each.code not in INNER),
        may_refresh=row.state == DRAFT and allowed(actor, permissions.PREPARE),
        stops=any(each["severity"] == "error" for each in row.findings),
    )


def published_of(row: Release) -> Published:
    """A release as the public would see it: for its preview, and as the one version."""
    day = timezone.localdate(row.published_at) if row.published_at else timezone.localdate()
    return Published(row.kind, row.year, row.version, row.unit_name, row.until, day, row.reason,
                     {name: part for name, part in row.content.items() if name != "notes"}, row.content_hash,
                     (replace(_version(row, day), state=PUBLISHED),))  # fmt: skip


def public_releases() -> list[Published]:
    """All that is public, the newest year first; of what was withdrawn only that and why. One query."""
    rows = list(
        Release.objects.filter(state__in=EVER_PUBLIC).order_by("-year", "kind", "unit_key", "-version")
    )
    groups: dict[tuple[str, int, str], list[Release]] = {}
    for row in rows:
        groups.setdefault((row.unit_key, row.year, row.kind), []).append(row)
    order = list(KINDS)
    found = [_published(group) for group in groups.values()]
    return sorted(found, key=lambda each: (-each.year, order.index(each.kind)))


def _published(group: list[Release]) -> Published:
    shown = next((row for row in group if row.state == PUBLISHED), None)
    last = shown or group[0]
    versions = tuple(_version(row, timezone.localdate(row.published_at)) for row in group if row.published_at)
    content = {name: part for name, part in last.content.items() if name != "notes"} if shown else {}
    day = timezone.localdate(last.published_at) if last.published_at else timezone.localdate()
    return Published(last.kind, last.year, last.version, last.unit_name, last.until, day, last.reason, content,
                     last.content_hash if shown else "", versions, withdrawn="" if shown else last.closing)  # fmt: skip


def _version(row: Release, day: date) -> Version:
    closed = timezone.localdate(row.closed_at) if row.closed_at else None
    return Version(row.version, row.state, day, closed, row.reason, row.closing, row.content_hash)


def public_mark() -> str:
    """What changes whenever something of the public site does. One small query."""
    rows = (
        Release.objects.filter(state__in=EVER_PUBLIC)
        .order_by("pk")
        .values_list("pk", "state", "content_hash")
    )
    return ";".join(f"{key}:{state}:{hashed}" for key, state, hashed in rows)


def years() -> list[int]:
    """The years that have targets, the latest first."""
    return sorted({each.fiscal_year for each in active_sets()}, reverse=True)
