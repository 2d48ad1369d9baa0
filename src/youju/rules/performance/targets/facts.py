"""The performance targets of one published document, as frozen facts.

The attribute names are those of the JSON that ``youju targets read`` prints, so that a reader of either
knows the other. Amounts are strings of decimal digits in the document's money unit, exactly as many decimals
as were printed; a blank is ``None``, never zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

PLAN_MONTHS = ("03", "06", "10", "12")


class Kind(StrEnum):
    """What sort of value an indicator states (指标值的类型)."""

    QUANTITATIVE = "quantitative"
    QUALITATIVE = "qualitative"
    DEADLINE = "deadline"


@dataclass(frozen=True, slots=True)
class Value:
    """An indicator value taken apart: comparison sign, decimal number, half-width unit of measure."""

    kind: Kind
    operator: str | None = None
    number: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of a target table; ``value`` is derived from ``raw_value``, which stands as printed."""

    level1: str
    level2: str
    level3: str
    description: str
    raw_value: str
    value: Value
    basis: str


@dataclass(frozen=True, slots=True)
class Project:
    """One project table (项目绩效目标表)."""

    code: str
    name: str
    budget: str | None
    fiscal: str | None
    other: str | None
    purpose: str
    plan: Mapping[str, str | None] = field(default_factory=dict)
    goals: tuple[str, ...] = ()
    indicators: tuple[Indicator, ...] = ()


@dataclass(frozen=True, slots=True)
class Subgoal:
    """One sub-goal of the department (分项绩效目标)."""

    title: str
    goal: str
    indicator: str


@dataclass(frozen=True, slots=True)
class Safeguard:
    """One working safeguard (工作保障措施)."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Department:
    """The department's whole goal (部门整体绩效目标)."""

    goal: str = ""
    subgoals: tuple[Subgoal, ...] = ()
    safeguards: tuple[Safeguard, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentHead:
    """Whose document it is, in which money unit, under which schema of first-level indicators."""

    unit_code: str | None
    unit_name: str | None
    money_unit: str
    schema: str
    fiscal_year: int | None


@dataclass(frozen=True, slots=True)
class TargetDocument:
    """A published document of targets: head, department, projects in the order printed."""

    document: DocumentHead
    department: Department
    projects: tuple[Project, ...]
