"""What the API of the targets room takes and gives: the shapes of docs' ``targets read`` and ``targets lint``."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Field, Schema


class SetOut(Schema):
    """A year's targets of one unit: the active version."""

    fiscal_year: int
    unit_code: str | None
    unit_name: str | None
    money_unit: str
    indicator_schema: str
    version: int
    imported_at: datetime
    is_demo: bool


class ProjectLine(Schema):
    """A line of the project list; amounts are strings of decimal digits, a blank is null."""

    number: int
    code: str
    name: str
    budget: str | None
    fiscal: str | None
    other: str | None
    plan: dict[str, str | None]
    errors: int
    warnings: int
    hints: int


class IndicatorOut(Schema):
    """A row of a project's table."""

    level1: str
    level2: str
    level3: str
    description: str
    raw_value: str
    operator: Literal["≥", "≤", "=", ">", "<"] | None
    number: str | None
    unit: str | None
    kind: Literal["quantitative", "qualitative", "deadline"]
    basis: str


class ProjectOut(Schema):
    """One project table."""

    code: str
    name: str
    budget: str | None
    fiscal: str | None
    other: str | None
    purpose: str
    plan: dict[str, str | None]
    goals: list[str]
    indicators: list[IndicatorOut]


class HeadOut(Schema):
    """Whose document it is."""

    unit_code: str | None
    unit_name: str | None
    money_unit: str
    indicator_schema: str = Field(alias="schema", serialization_alias="schema")
    fiscal_year: int | None


class SubgoalOut(Schema):
    """A sub-goal of the department."""

    title: str
    goal: str
    indicator: str


class SafeguardOut(Schema):
    """A working safeguard."""

    title: str
    text: str


class DepartmentOut(Schema):
    """The department's whole goal."""

    goal: str
    subgoals: list[SubgoalOut]
    safeguards: list[SafeguardOut]


class DocumentOut(Schema):
    """A whole document, as ``youju targets read`` prints it."""

    document: HeadOut
    department: DepartmentOut
    projects: list[ProjectOut]


class FindingOut(Schema):
    """One finding; ``row`` is the 1-based row of the project's table."""

    rule: str
    severity: Literal["error", "warning", "hint"]
    project: str | None = None
    row: int | None = None
    field: str | None = None
    message: str
    suggestion: str


class ErrorOut(Schema):
    """Why a request was refused, in one Chinese sentence."""

    detail: str
