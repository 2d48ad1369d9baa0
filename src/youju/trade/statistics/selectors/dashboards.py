"""What the dashboards show: the overview, one dimension, the rows behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from youju.analytics.comparing import Compared, Group, Quantity, Sums
from youju.analytics.cuts import Dimension
from youju.foundation.identity.permissions import require
from youju.trade.parties.selectors.partners import names_of
from youju.trade.statistics import permissions
from youju.trade.statistics.metrics.cutting import Cutter, Month, RowsBehind
from youju.trade.statistics.metrics.engines import Ground
from youju.trade.statistics.selectors.labels import labels_of
from youju.trade.statistics.selectors.questions import Asked

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

SHOWN = (
    Dimension.COUNTRY, Dimension.CATEGORY, Dimension.REGION, Dimension.HS_CODE, Dimension.PORT, Dimension.TRANSPORT,
    Dimension.AGENT, Dimension.MERCHANT,
)  # fmt: skip
"""The dimensions of the overview, in its order."""
GROUPABLE = tuple(dimension for dimension in Dimension if dimension is not Dimension.MONTH)
TOP = 8
"""How many groups the overview shows of each dimension."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A group of a cut with its words."""

    label: str
    group: Group

    @property
    def key(self) -> str:
        """Of the group."""
        return self.group.key

    @property
    def sums(self) -> Sums:
        """Of the group."""
        return self.group.sums


@dataclass(frozen=True, slots=True)
class Ranking:
    """A dimension's groups, largest first; ``compared`` holds all of them, ``rows`` those that are shown."""

    dimension: Dimension
    compared: Compared
    rows: tuple[Labelled, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The overview page: figures of the whole, months, the rankings. ``ground``: what answered, and when its rows were true."""

    asked: Asked
    ground: Ground
    whole: Sums
    months: tuple[Month, ...]
    rankings: tuple[Ranking, ...]
    filters: tuple[tuple[Dimension, str, str], ...]

    def ranking(self, dimension: Dimension) -> Ranking:
        """One of the rankings."""
        return next(each for each in self.rankings if each.dimension is dimension)


@dataclass(frozen=True, slots=True)
class DimensionPage:
    """Every group of one dimension."""

    asked: Asked
    ground: Ground
    whole: Sums
    ranking: Ranking
    gone: tuple[str, ...]
    quantities: tuple[tuple[str, Quantity], ...]
    filters: tuple[tuple[Dimension, str, str], ...]


def overview(*, actor: User, asked: Asked) -> Overview:
    """Everything that the first page shows, of the rows in the actor's reach.

    Raises:
        PermissionDenied: the actor may not see statistics.
    """
    require(actor, permissions.VIEW)
    cutter = Cutter.of(asked.question, tolerant=True)
    rankings = tuple(ranking_of(cutter, asked, dimension, TOP, declarations=False) for dimension in SHOWN)
    return Overview(
        asked, cutter.ground, cutter.whole(), tuple(cutter.months()), rankings, filters_in_words(asked)
    )


def dimension_page(*, actor: User, asked: Asked, dimension: Dimension, units: bool = False) -> DimensionPage:
    """All groups of a dimension; with ``units`` also their quantities by unit.

    Raises:
        PermissionDenied: the actor may not see statistics.
    """
    require(actor, permissions.VIEW)
    cutter = Cutter.of(asked.question, tolerant=True)
    ranking = ranking_of(cutter, asked, dimension, None)
    gone = labels_of(dimension, ranking.compared.gone, day=asked.day)
    found = cutter.quantities(dimension) if units else ()
    names = labels_of(dimension, {each.key for each in found}, day=asked.day)
    return DimensionPage(
        asked,
        cutter.ground,
        cutter.whole(),
        ranking,
        tuple(gone.values()),
        tuple((names[each.key], each) for each in found),
        filters_in_words(asked),
    )


def cut(*, actor: User, asked: Asked, dimension: Dimension) -> tuple[Ground, Ranking]:
    """One cut for programs: what answered, and its groups.

    Raises:
        PermissionDenied: the actor may not see statistics.
    """
    require(actor, permissions.VIEW)
    cutter = Cutter.of(asked.question, tolerant=True)
    return cutter.ground, ranking_of(cutter, asked, dimension, None)


def rows_behind(*, actor: User, asked: Asked, largest_first: bool = False) -> RowsBehind:
    """The goods behind every figure of a question, read a page at a time.

    Raises:
        PermissionDenied: the actor may not see statistics.
    """
    require(actor, permissions.VIEW)
    return Cutter.of(asked.question, tolerant=True).rows(largest_first=largest_first)


def party_labels(rows: Sequence[Mapping[str, Any]]) -> dict[int, str]:
    """Names of agents, merchants and buyers of some rows, as far as the asker may know them. One query."""
    wanted = {int(row[name]) for row in rows for name in ("agent_id", "merchant_id") if row[name]}
    return {key: name for key, (_, name) in names_of(wanted).items()}


def filters_in_words(asked: Asked) -> tuple[tuple[Dimension, str, str], ...]:
    """Each filter in force: dimension, its value as in addresses, its words."""
    found = []
    for dimension, values in asked.question.filters.items():
        words = labels_of(dimension, values, day=asked.day)
        found.append((dimension, ",".join(values), "、".join(words.values())))
    return tuple(found)


def ranking_of(
    cutter: Cutter, asked: Asked, dimension: Dimension, most: int | None, *, declarations: bool = True
) -> Ranking:
    """A dimension's groups with their words, ``most`` of them or all; ``declarations`` as :meth:`Cutter.by` has it."""
    found = cutter.by(dimension, declarations=declarations)
    shown = found.groups[:most]
    names = labels_of(dimension, [group.key for group in shown], day=asked.day)
    return Ranking(dimension, found, tuple(Labelled(names[group.key], group) for group in shown))
