"""What the pages of this room show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING

from youju.analytics.metrics import Metric, metrics
from youju.foundation.files.selectors import Attached, attachments
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.performance.measures import addresses, events, permissions
from youju.performance.measures.facts import binding_facts, suggestions
from youju.performance.measures.models import Adjustment, Attestation, Binding
from youju.performance.measures.selectors.asking import ask_engines, given_to, terms_of
from youju.performance.measures.selectors.bound import known_rows
from youju.performance.measures.selectors.building import as_of
from youju.performance.measures.selectors.documents import Placed, placed
from youju.performance.measures.selectors.measuring import build, measured_project, measured_rows
from youju.performance.measures.selectors.periods import period_until
from youju.performance.measures.selectors.values import Basis, MeasuredRow
from youju.performance.targets import selectors as targets
from youju.rules.findings import Finding
from youju.rules.performance.measures.judging import judge
from youju.rules.performance.measures.lifecycle import APPROVED
from youju.rules.performance.measures.suggesting import Candidate

if TYPE_CHECKING:
    from youju.foundation.identity.models import User
    from youju.performance.targets.models import TargetSet


@dataclass(frozen=True, slots=True)
class ProjectGroup:
    """A project's rows, and how many of them are reached, missed or have no value."""

    code: str
    name: str
    rows: tuple[MeasuredRow, ...]

    @property
    def met(self) -> int:
        """How many targets are reached."""
        return sum(row.met is True for row in self.rows)

    @property
    def missed(self) -> int:
        """How many are not."""
        return sum(row.met is False for row in self.rows)

    @property
    def without(self) -> int:
        """How many have no value."""
        return sum(not row.has_value for row in self.rows)


@dataclass(frozen=True, slots=True)
class Overview:
    """All projects of a version with their rows, up to a day."""

    target_set: TargetSet
    until: date
    as_of: datetime | None
    groups: tuple[ProjectGroup, ...]

    @property
    def rows(self) -> list[MeasuredRow]:
        """All rows in the document's order."""
        return [row for group in self.groups for row in group.rows]

    def count(self, basis: str) -> int:
        """How many rows stand on a basis."""
        return sum(row.basis == basis for row in self.rows)

    @property
    def computed(self) -> int:
        """Rows whose value comes from records."""
        return self.count(Basis.COMPUTED)

    @property
    def attested(self) -> int:
        """Rows whose value somebody signed for."""
        return self.count(Basis.ATTESTED)

    @property
    def unbound(self) -> int:
        """Rows without a binding in force."""
        return self.count(Basis.UNBOUND)

    @property
    def met(self) -> int:
        """Rows whose target is reached."""
        return sum(group.met for group in self.groups)

    @property
    def missed(self) -> int:
        """Rows whose target is not."""
        return sum(group.missed for group in self.groups)


@dataclass(frozen=True, slots=True)
class Term:
    """One metric that a row's value is made of, and where its formula and rows are shown."""

    metric: Metric
    url: str


@dataclass(frozen=True, slots=True)
class RowPage:
    """All that the page of a row shows. ``bindings``, ``attestations`` and ``adjustments`` newest first, with their evidence."""

    target_set: TargetSet
    placed: Placed
    row: MeasuredRow
    until: date
    terms: Sequence[Term]
    bindings: Sequence[Binding]
    attestations: Sequence[tuple[Attestation, Sequence[Attached]]]
    adjustments: Sequence[tuple[Adjustment, Sequence[Attached]]]
    findings: Sequence[Finding]
    suggestions: Sequence[Candidate]


def set_of_year(year: int | None) -> TargetSet:
    """The version that a year shows; without a year that of the latest.

    Raises:
        InputError: there is none (404).
    """
    found = targets.active_set(year=year)
    if found is None:
        raise InputError(
            "没有绩效目标" if year is None else f"没有 {year} 年的绩效目标",
            where="年度",
            how="请先导入绩效目标",
            status=404,
        )
    return found


def overview(*, actor: User | None, year: int | None = None, until: date | None = None) -> Overview:
    """All rows of a year by project.

    Raises:
        PermissionDenied: the actor may not see measures.
        InputError: no such year (404), a day outside the year (422).
    """
    target_set = set_of_year(year)
    rows = measured_rows(actor=actor, target_set=target_set, until=until)
    groups = tuple(
        ProjectGroup(code, mine[0].project_name, mine)
        for code, mine in ((code, tuple(each)) for code, each in groupby(rows, lambda row: row.project_code))
    )
    return Overview(target_set, period_until(target_set.fiscal_year, until).last_day, as_of(rows), groups)


def project(*, actor: User | None, year: int, code: str, until: date | None = None) -> Overview:
    """One project's rows.

    Raises:
        PermissionDenied: the actor may not see measures.
        InputError: no such year or project (404), a day outside the year (422).
    """
    target_set = set_of_year(year)
    rows = measured_project(actor=actor, target_set=target_set, code=code, until=until, trend=False)
    if not rows:
        raise InputError(f"没有项目 {code[:40]}", where="项目编码", how="请回到部门页面", status=404)
    group = ProjectGroup(code, rows[0].project_name, tuple(rows))
    return Overview(target_set, period_until(target_set.fiscal_year, until).last_day, as_of(rows), (group,))


def measured_row(
    *, actor: User, year: int, code: str, number: int, until: date | None = None, trend: bool = True
) -> tuple[TargetSet, Placed, MeasuredRow]:
    """One row with its monthly values: only it is asked for.

    Raises:
        PermissionDenied: the actor may not see measures.
        InputError: no such year, project or row (404), a day outside the year (422).
    """
    require(actor, permissions.VIEW)
    target_set = set_of_year(year)
    period = period_until(target_set.fiscal_year, until)
    mine = placed(target_set, code)
    known = [each for each in known_rows(target_set, mine, period.last_day) if each.row.row == number]
    if not known:
        raise InputError(
            f"项目 {code[:40]} 没有第 {number} 行", where="指标行", how="请回到项目页面", status=404
        )
    (row,) = build(target_set, known, period, ask_engines, trend=trend)
    return target_set, known[0].row, row


def row_page(*, actor: User, year: int, code: str, number: int, until: date | None = None) -> RowPage:
    """A row with its value, what it is made of, and what was bound and signed for it.

    Raises:
        PermissionDenied, InputError: as :func:`measured_row`.
    """
    target_set, mine, row = measured_row(actor=actor, year=year, code=code, number=number, until=until)
    period = period_until(target_set.fiscal_year, until)
    named = {
        "unit_key": target_set.unit_key,
        "fiscal_year": target_set.fiscal_year,
        "project": code,
        "name_hash": row.name_hash,
    }
    bindings = list(Binding.objects.filter(**named, row=number).order_by("-version"))
    in_force = next((each for each in bindings if each.state == APPROVED), None)
    law = law_on(period.last_day)
    return RowPage(
        target_set=target_set,
        placed=mine,
        row=row,
        until=period.last_day,
        terms=[
            Term(metrics()[each], addresses.figure(each, str(period), given_to(each, row.parameters)))
            for each in terms_of(row.metric)
            if each in metrics()
        ],
        bindings=bindings,
        attestations=[
            (each, attachments(events.attestation_subject(each)))
            for each in Attestation.objects.filter(**named, row=number).order_by("-until", "-pk")
        ],
        adjustments=[
            (each, attachments(events.adjustment_subject(each)))
            for each in Adjustment.objects.filter(**named, row=number).order_by("-until", "-pk")
        ],
        findings=judge(binding_facts(mine, in_force, "watch", law=law), law),
        suggestions=suggestions(mine, law),
    )
