"""A sample drawn again: from the population as it was kept, and whether the records of today are still that population."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from youju.foundation.files.selectors import read_kept
from youju.foundation.identity.reaching import reads_of
from youju.funds.internal_audits.models import Sample
from youju.funds.internal_audits.selectors.lists import sample_of
from youju.funds.internal_audits.selectors.populations import Record, population_of
from youju.rules.funds.internal_audits.sampling import (
    Allocation,
    Design,
    Unit,
    draw,
    population_hash,
    population_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class Redrawn:
    """What drawing again gave.

    Args:
        keys: those drawn now from the kept population, in order.
        same: whether they are those of the sample, in the same order.
        now: how many records the population has today, ``changed`` whether it differs from the kept one; ``None`` where the
            actor does not see all records, so that nobody is told of a change that is none.
    """

    keys: tuple[str, ...]
    same: bool
    now: int | None
    changed: bool | None


def units_of(records: Iterable[Record]) -> list[Unit]:
    """Records as units; one without an amount counts as zero."""
    return [Unit(each.key, each.amount or Decimal(0)) for each in records]


def units_from(text: str) -> list[Unit]:
    """The units of a kept population (``sampling.population_text``)."""
    return [Unit(row["key"], Decimal(row["amount"])) for row in csv.DictReader(io.StringIO(text, newline=""))]


def design_of(row: Sample) -> Design:
    """How a sample was drawn."""
    allocation: Allocation = row.allocation  # type: ignore[assignment]  # a CHECK of the table
    return Design(row.seed, row.size, tuple(row.limits), row.certainty, allocation)


def redraw(actor: User, sample_id: int) -> Redrawn:
    """Draw a sample again.

    Raises:
        PermissionDenied: the actor sees no internal supervision, or not the records of the population.
        InputError: there is none (404), or its population is damaged (409).
    """
    row = sample_of(actor, sample_id)
    drawn = draw(units_from(read_kept(row.hash).decode()), design_of(row))
    keys = tuple(each.unit.key for each in drawn.drawn)
    there = tuple(row.items.order_by("place").values_list("subject_key", flat=True))
    if reads_of(actor) != "all":
        return Redrawn(keys, keys == there, None, None)
    source = population_of(row.population)
    today = units_of(source.rows(actor, row.since, row.until, row.project))
    changed = population_hash(population_text(today)) != row.hash
    return Redrawn(keys, keys == there, len(today), changed)
