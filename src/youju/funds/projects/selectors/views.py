"""Projects as other rooms see them: who may ask is their business."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from youju.funds.projects.facts import ContractView, ProjectView
from youju.funds.projects.models import Adjustment, Batch, Ledger, Project, Source, Step
from youju.rules.funds.projects.lifecycle import APPROVED, STEPS


@dataclass(frozen=True, slots=True)
class BatchView:
    """A batch as other rooms see it."""

    id: int
    project_id: int
    number: str
    title: str
    state: str


@dataclass(frozen=True, slots=True)
class LateStep:
    """A procurement step that is late: its project's code, its name, the day that was planned."""

    id: int
    project_id: int
    code: str
    label: str
    planned_on: date


def of_year(year: int) -> list[ProjectView]:
    """Every project of a fiscal year, in their order. Two queries."""
    return _views(Project.objects.filter(year=year))


def views_of(ids: Iterable[int]) -> dict[int, ProjectView]:
    """Projects by id. Two queries."""
    return {each.id: each for each in _views(Project.objects.filter(pk__in=list(ids)))}


def project_view(project_id: int) -> ProjectView | None:
    """One project, or ``None``."""
    return next(iter(_views(Project.objects.filter(pk=project_id))), None)


def by_code(code: str, year: int) -> ProjectView | None:
    """The project of a code in a year, or ``None``."""
    return next(iter(_views(Project.objects.filter(code=code.replace("\0", "").strip(), year=year))), None)


def available(project_id: int) -> Decimal:
    """What may still be asked for of a project, in CNY: adjusted budget less what is paid and on its way; 0 for none."""
    row = Ledger.objects.filter(project_id=project_id).first()
    return row.budget - row.reserved - row.paid if row else Decimal(0)


def sources_of(ids: Iterable[int]) -> dict[int, list[tuple[str, Decimal, Decimal]]]:
    """Each project's money by source: kind, what was budgeted at first, what after approved adjustments; CNY. Two queries."""
    keys = list(ids)
    found: dict[int, dict[str, list[Decimal]]] = {}
    for key, kind, amount in Source.objects.filter(project_id__in=keys).values_list(
        "project_id", "kind", "amount"
    ):
        found.setdefault(key, {})[kind] = [amount, amount]
    approved = Adjustment.objects.filter(project_id__in=keys, state=APPROVED)
    for key, kind, amount in approved.values_list("project_id", "source", "amount"):
        found.setdefault(key, {}).setdefault(kind, [Decimal(0), Decimal(0)])[1] += amount
    return {key: [(kind, sums[0], sums[1]) for kind, sums in kinds.items()] for key, kinds in found.items()}


def contracts_of(project_id: int) -> list[ContractView]:
    """The contracts of a project that were signed (their step is done), oldest first."""
    rows = Step.objects.filter(project_id=project_id, kind="contract").exclude(done_on=None)
    return [_contract(row) for row in rows]


def contract_of(contract_id: int) -> ContractView | None:
    """A signed contract, or ``None``."""
    row = Step.objects.filter(pk=contract_id, kind="contract").exclude(done_on=None).first()
    return _contract(row) if row else None


def batches_of(project_id: int) -> list[BatchView]:
    """The batches of a project to which payments may be added."""
    return [_batch(row) for row in Batch.objects.filter(project_id=project_id, state="open")]


def batch_of(batch_id: int) -> BatchView | None:
    """A batch, or ``None``."""
    row = Batch.objects.filter(pk=batch_id).first()
    return _batch(row) if row else None


def late_steps(day: date) -> list[LateStep]:
    """Steps of running projects whose planned day has passed and which are not done."""
    rows = Step.objects.filter(planned_on__lt=day, done_on=None, project__state=Project.State.ACTIVE)
    return [
        LateStep(row.pk, row.project_id, row.project.code, STEPS[row.kind], row.planned_on)
        for row in rows.select_related("project").order_by("pk")
        if row.planned_on
    ]


def _views(rows: QuerySet[Project]) -> list[ProjectView]:
    return [view_of(row) for row in rows.select_related("ledger").prefetch_related("plan")]


def view_of(row: Project) -> ProjectView:
    """A row with its ledger and plan as frozen data."""
    return ProjectView(
        id=row.pk,
        year=row.year,
        code=row.code,
        name=row.name,
        section=row.section,
        active=row.state == Project.State.ACTIVE,
        carried=row.carried,
        initial=row.ledger.initial,
        budget=row.ledger.budget,
        reserved=row.ledger.reserved,
        paid=row.ledger.paid,
        plan={point.month: point.amount for point in row.plan.all()},
        order=row.order,
    )


def _contract(row: Step) -> ContractView:
    return ContractView(row.pk, row.project_id, row.document_number, row.supplier, row.amount)


def _batch(row: Batch) -> BatchView:
    return BatchView(row.pk, row.project_id, row.number, row.title, row.state)
