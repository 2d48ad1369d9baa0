"""People, a stored model answer and measured rows for tests of proposals and audits."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from rules.performance.targets.model_answer import HEBEI
from trade_people import person
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.performance.measures.selectors import Basis, MeasuredRow
from youju.performance.targets.models import TargetSet
from youju.performance.targets.services.storing import store
from youju.rules.performance.targets.facts import TargetDocument


@dataclass(frozen=True)
class Desk:
    """Prepares, audits, approves, and one of a section."""

    officer: User
    finance: User
    head: User
    staff: User


def desk() -> Desk:
    """All of them."""
    return Desk(
        officer=person(Role.PFO, username="pro-officer"),
        finance=person(Role.FIN, username="pro-finance"),
        head=person(Role.HED, username="pro-head"),
        staff=person(Role.STF, username="pro-staff", sections=("WM",)),
    )


def stored(document: TargetDocument = HEBEI, year: int = 2023) -> TargetSet:
    """A document in the tables, as a draft of its year."""
    return store(
        document, fiscal_year=year, source_name="范本.docx", source_sha256="0" * 64, imported_by=None, is_demo=False,
        serves={each.code: range(1, len(document.department.subgoals) + 1) for each in document.projects},
    )  # fmt: skip


def measured(document: TargetDocument = HEBEI, factor: Decimal = Decimal("1.1")) -> list[MeasuredRow]:
    """Every row reached its target times a factor."""
    return [
        MeasuredRow(
            project_code=project.code, project_name=project.name, row=place, level1=row.level1, level2=row.level2,
            level3=row.level3, raw_value=row.raw_value, operator=row.value.operator,
            number=Decimal(row.value.number) if row.value.number else None, unit=row.value.unit, kind=row.value.kind.value,
            basis=Basis.COMPUTED, value=Decimal(row.value.number) * factor if row.value.number else None,
            url="/measures/1/",
        )
        for project in document.projects
        for place, row in enumerate(project.indicators, 1)
    ]  # fmt: skip
