"""Projects come into being: entered by finance, or taken up from approved targets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.funds.projects import events, permissions
from youju.funds.projects.facts import ProjectIn, SourceIn, TargetItem
from youju.funds.projects.models import PlanPoint, Project, Source, Step
from youju.funds.projects.services.locking import subject_of
from youju.rules.funds.projects.lifecycle import PLAN_MONTHS, SOURCES, STEPS
from youju.rules.performance.targets.codes import ProjectCode

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_CENT = Decimal("0.01")
_MOST = Decimal("99999999999999")
_FIRST, _LAST = 2000, 2100


@transaction.atomic
def create_project(*, actor: User, wish: ProjectIn) -> Project:
    """Enter a project with its sources and plan.

    Raises:
        PermissionDenied: the actor may not manage projects.
        InputError: the year has one of this code (409); a name, code, source or amount is missing or wrong (422).
    """
    require(actor, permissions.MANAGE)
    row = make(wish, created_by=actor.username)
    record(events.CREATED, subject_of(row), None, told_of(wish))
    return row


@transaction.atomic
def take_up_targets(
    *,
    year: int,
    items: Sequence[TargetItem],
    actor: User | None = None,
    origin: str = "",
    is_demo: bool = False,
) -> tuple[int, int]:
    """Make a project of each table of approved targets that has none in the year yet: (made, found).

    Called by the room of targets when they are published, whose permission was asked there. What is there already stays as it
    is: its budget changes by adjustments alone.

    Args:
        year: the fiscal year.
        items: the tables, their money in CNY.
        actor: who published; ``None`` for a loader.
        origin: what they were taken from, e.g. ``targets.set:12``.
        is_demo: whether they are examples.

    Raises:
        InputError: an item has no code or name, or money that is none (422).
    """
    known = set(Project.objects.filter(year=year).values_list("code", flat=True))
    made = 0
    for item in items:
        if item.code in known:
            continue
        known.add(item.code)
        row = make(
            ProjectIn(
                year=year,
                code=item.code,
                name=item.name,
                purpose=item.purpose,
                sources=_sources(item, year),
                plan=item.plan,
                order=item.order,
            ),
            created_by=actor.username if actor else "",
            origin=origin,
            is_demo=is_demo,
        )
        record(
            events.TAKEN_UP, subject_of(row), None, {"code": item.code, "year": year, "amount": item.budget}
        )
        made += 1
    return made, len(items) - made


def make(wish: ProjectIn, *, created_by: str = "", origin: str = "", is_demo: bool = False) -> Project:
    """Write a project with its sources, plan and the five steps still to be dated."""
    code, name = _plain(wish.code), _plain(wish.name)
    if not code or not name:
        raise InputError("项目编码和项目名称都要填", how="请填写后再保存")
    if not _FIRST <= wish.year <= _LAST:
        raise InputError(f"年度 {wish.year} 不对", where="年度", how="请填四位年份")
    row = Project(
        year=wish.year,
        code=code,
        name=name,
        purpose=_plain(wish.purpose),
        unit_code=_plain(wish.unit_code),
        unit_name=_plain(wish.unit_name),
        section=_plain(wish.section),
        manager=_plain(wish.manager),
        code_year=code_year(code),
        order=wish.order,
        origin=origin,
        created_by=created_by,
        is_demo=is_demo,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if "projects_project_once" not in str(error):
            raise
        raise InputError(
            f"{wish.year} 年已有编码为“{code}”的项目", where="项目编码", how="请打开已有的项目", status=409
        ) from error
    write_sources(row, wish.sources)
    write_plan(row, wish.plan)
    Step.objects.bulk_create(Step(project=row, kind=kind) for kind in STEPS)
    return row


def write_sources(row: Project, sources: Iterable[SourceIn]) -> None:
    """Put sources into the place of those that are stored; the ledger follows by its triggers."""
    wanted = {each.kind: each for each in sources}
    if unknown := set(wanted) - set(SOURCES):
        raise InputError(f"没有“{sorted(unknown)[0]}”这种资金来源", how=f"可选 {'、'.join(SOURCES.values())}")
    before = {each.kind: each for each in row.sources.all()}

    # What grows first, what goes last: the budget never falls below what is spent on the way to a sum that is enough.
    def growth(kind: str) -> Decimal:
        return wanted[kind].amount - (before[kind].amount if kind in before else 0)

    for kind in sorted(wanted, key=growth, reverse=True):
        each = wanted[kind]
        amount = money(each.amount, SOURCES[kind])
        values = {
            "amount": amount,
            "document_number": _plain(each.document_number),
            "from_year": each.from_year,
        }
        if kind in before:
            Source.objects.filter(pk=before[kind].pk).update(**values)
        else:
            Source.objects.create(project=row, kind=kind, **values)
    Source.objects.filter(pk__in=[each.pk for kind, each in before.items() if kind not in wanted]).delete()


def write_plan(row: Project, plan: Mapping[str, Decimal | None]) -> None:
    """Put a cumulative plan into the place of the one that is stored; a month left out is a blank."""
    last = Decimal(0)
    for month in PLAN_MONTHS:
        amount = plan.get(month)
        if amount is None:
            continue
        money(amount, f"{int(month)} 月底计划")
        if amount < last:
            raise InputError(
                f"{int(month)} 月底的累计计划 {amount} 少于前一个节点的 {last}",
                where="支出计划",
                how="累计数只增不减",
            )
        last = amount
    for month in PLAN_MONTHS:
        PlanPoint.objects.update_or_create(project=row, month=month, defaults={"amount": plan.get(month)})


def money(amount: Decimal, place: str) -> Decimal:
    """An amount that the tables hold: not negative, to the cent.

    Raises:
        InputError: it is not (422).
    """
    if not amount.is_finite() or amount < 0 or amount > _MOST or amount != amount.quantize(_CENT):
        raise InputError(f"金额 {amount} 不对", where=place, how="请填不小于零、最多两位小数的金额（元）")
    return amount


def code_year(code: str) -> int | None:
    """The year in a project code, or ``None`` for a code of another form."""
    try:
        return ProjectCode.parse(code).year
    except ValueError:
        return None


def told_of(wish: ProjectIn) -> dict[str, object]:
    """What the trail keeps of a project that was entered."""
    return {
        "code": wish.code,
        "name": wish.name,
        "year": wish.year,
        "section": wish.section,
        "sources": {SOURCES.get(each.kind, each.kind): str(each.amount) for each in wish.sources},
    }


def _sources(item: TargetItem, year: int) -> list[SourceIn]:
    """The table's fiscal money is this year's grant, or carried over where the code is of an earlier year."""
    earlier = code_year(item.code)
    carried = earlier is not None and earlier < year
    fiscal = item.budget - (item.other or 0) if item.fiscal is None else item.fiscal
    found = [SourceIn("carried", fiscal, from_year=earlier) if carried else SourceIn("fiscal", fiscal)]
    if item.other:
        found.append(SourceIn("other", item.other))
    return found


def _plain(text: str) -> str:
    return text.replace("\0", "").strip()
