"""What is known of a document's rows: bindings in force, statements, adjustments. Three queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from youju.performance.measures.models import Adjustment, Attestation, Binding
from youju.performance.measures.selectors.documents import Placed, matched
from youju.rules.performance.measures.lifecycle import APPROVED, IN_FORCE

if TYPE_CHECKING:
    from youju.performance.targets.models import TargetSet


@dataclass(frozen=True, slots=True)
class Known:
    """What is in force for one row on a day."""

    row: Placed
    binding: Binding | None = None
    attestation: Attestation | None = None
    adjustment: Adjustment | None = None


def known_rows(target_set: TargetSet, rows: Sequence[Placed], until: date) -> list[Known]:
    """What is in force for each row: the approved binding, the latest statement up to the day, the adjustment of just that day.

    A statement holds from the day that it speaks of to the year's end, an adjustment only for the months that it was signed for:
    the computed value has moved since.
    """
    year = {"unit_key": target_set.unit_key, "fiscal_year": target_set.fiscal_year}
    projects = sorted({row.project for row in rows})
    bindings = Binding.objects.filter(**year, state=APPROVED, project__in=projects)
    said = Attestation.objects.filter(**year, state=IN_FORCE, project__in=projects, until__lte=until)
    adjusted = Adjustment.objects.filter(**year, state=IN_FORCE, project__in=projects, until=until)
    bound = matched(rows, [(_identity(each), each) for each in bindings])
    spoken = matched(rows, [(_identity(each), each) for each in said.order_by("-until", "-pk")])
    moved = matched(rows, [(_identity(each), each) for each in adjusted])
    return [
        Known(row, bound.get(place), spoken.get(place), moved.get(place)) for place, row in enumerate(rows)
    ]


def _identity(row: Binding | Attestation | Adjustment) -> tuple[str, int, str]:
    return row.project, row.row, row.name_hash
