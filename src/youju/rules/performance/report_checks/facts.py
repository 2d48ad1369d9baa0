"""Facts that a report is held against, the figures it prints, and what came of holding them together."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """What a figure says of its subject."""

    BUDGET = "budget"
    ADJUSTED = "adjusted"
    EXECUTED = "executed"
    RATE = "rate"
    BALANCE = "balance"
    PLAN = "plan"
    SHARE = "share"
    TARGET = "target"
    ACTUAL = "actual"
    DEGREE = "degree"
    CHANGE = "change"
    SCORE = "score"
    WEIGHT = "weight"
    GRADE = "grade"
    COUNT = "count"


KIND_LABELS = {
    Kind.BUDGET: "预算数", Kind.ADJUSTED: "调整后预算", Kind.EXECUTED: "执行数", Kind.RATE: "执行率", Kind.BALANCE: "结余",
    Kind.PLAN: "支出计划", Kind.SHARE: "占比", Kind.TARGET: "目标值", Kind.ACTUAL: "完成值", Kind.DEGREE: "完成率",
    Kind.CHANGE: "变化", Kind.SCORE: "得分", Kind.WEIGHT: "分值", Kind.GRADE: "等级", Kind.COUNT: "个数",
}  # fmt: skip

DEPARTMENT, TRADE = "department", "trade"
"""Subjects that are no project: the unit as a whole, and what the trade's statistics say."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that the data says.

    ``subject`` is a project's code, ``department`` or ``trade``; ``names`` are the ways in which a report calls it. ``value`` is
    in ``unit``; a grade has ``text`` and no value. ``labels`` are the names of an indicator or metric, empty where the kind
    alone says it. ``operator`` is a target's sign. ``period`` is empty for the whole year, else ``01-07`` (months) of ``year``.
    ``project_bound`` labels count for their own subject alone.
    """

    subject: str
    kind: Kind
    value: Decimal | None
    unit: str
    names: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    text: str = ""
    operator: str = ""
    year: int = 0
    period: str = ""
    source: str = ""
    url: str = ""


class Bound(StrEnum):
    """The word before or behind a figure that loosens it."""

    NONE = ""
    ABOUT = "about"
    NEARLY = "nearly"
    MORE = "more"
    LEAST = "least"
    MOST = "most"
    OVER = "over"
    UNDER = "under"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as printed: ``start`` and ``end`` in its passage, ``number`` in ``unit`` with ``decimals`` digits.

    ``upper`` is the other end of a range. A grade has ``text`` and no number.
    """

    start: int
    end: int
    printed: str
    number: Decimal
    unit: str
    decimals: int = 0
    bound: Bound = Bound.NONE
    upper: Decimal | None = None
    text: str = ""
    spoken: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or a cell of a report. ``context`` stands before a cell's text when it is read: its row, its column.

    ``place`` says where it stands in words, ``heading`` its level (0: none). ``unit`` is what a cell's bare numbers are in.
    """

    text: str
    place: str = ""
    context: str = ""
    heading: int = 0
    unit: str = ""
    cell: bool = False
    table: int = 0
    row: int = 0
    column: int = 0


class Outcome(StrEnum):
    """What holding a figure against the facts gave."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    UNJUDGED = "unjudged"


class Relation(StrEnum):
    """How a printed figure stands to the right one."""

    EQUAL = "equal"
    TRUNCATED = "truncated"
    UNIT = "unit"
    POINTS = "points"
    OTHER_YEAR = "other_year"
    OTHER_SUBJECT = "other_subject"
    OTHER_KIND = "other_kind"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A figure beside the facts that it should agree with (any of them), as the rules RPC-… look at it.

    ``beside`` is the fact that it repeats instead: of another year, project or kind. ``right`` says the right value in the
    figure's unit.
    """

    figure: Figure
    relation: Relation
    what: str
    right: str
    facts: tuple[Fact, ...]
    beside: Fact | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of one figure of a report: ``passage`` is its place in the list of passages."""

    passage: int
    figure: Figure
    outcome: Outcome
    what: str = ""
    right: str = ""
    why: str = ""
    how: str = ""
    rule: str = ""
    source: str = ""
    url: str = ""
    facts: tuple[Fact, ...] = field(default=(), repr=False)
