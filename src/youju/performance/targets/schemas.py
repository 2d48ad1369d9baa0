"""What the API of the targets room takes and gives: the shapes of docs' ``targets read`` and ``targets lint``."""

from __future__ import annotations

from datetime import date, datetime
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
    state: str
    imported_at: datetime
    is_demo: bool


class VersionOut(Schema):
    """A version of a year; ``number`` is its key in addresses, ``version`` counts within unit and year."""

    number: int
    fiscal_year: int
    version: int
    state: Literal["draft", "submitted", "reviewed", "approved", "published", "adjusted", "dropped"]
    state_label: str
    is_active: bool
    revision: int
    based_on: int | None = Field(description="所依版本的版本号")
    adjust_document: str
    source: str
    made_at: datetime
    made_by: str
    errors: int
    warnings: int


class StageOut(Schema):
    """A step that was taken with a version."""

    label: str
    state_label: str
    by: str
    by_name: str
    on_behalf_of: str
    at: datetime
    reason: str
    due_on: date | None
    within_limit: bool | None


class NextOut(Schema):
    """A step that leads on; ``blocked`` says why the caller may not take it."""

    transition: str
    label: str
    reason_required: bool
    blocked: str


class VersionStateOut(Schema):
    """Where a version stands, what it lacks before it is submitted, its log, and what may come next."""

    number: int
    state: str
    state_label: str
    due_on: date | None
    late: bool
    missing: list[str]
    log: list[StageOut]
    next: list[NextOut]


class StepIn(Schema):
    """What a step needs: a reason where the step asks for one; ``expected`` refuses a version that has moved on."""

    reason: str = Field("", max_length=2000)
    expected: str = Field("", max_length=12, description="调用者看到的状态；已有变化时拒绝（409）")


class CellOut(Schema):
    """A cell that differs; ``null`` where one version does not have it."""

    place: str
    label: str
    before: str | None
    after: str | None


class ProjectDifferenceOut(Schema):
    """A project in which two versions differ."""

    code: str
    name: str
    cells: list[CellOut]


class DifferenceOut(Schema):
    """What differs between two versions of a year."""

    left: int
    right: int
    new: list[str] = Field(description="新增项目的编码")
    gone: list[str] = Field(description="不再出现的项目的编码")
    changed: list[ProjectDifferenceOut]
    outside: list[CellOut]
    unchanged: int


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
