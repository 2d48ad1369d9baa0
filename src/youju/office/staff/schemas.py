"""What the API of dispatched staff gives."""

from __future__ import annotations

from datetime import date

from ninja import Field, Schema


class StaffMonthOut(Schema):
    """A month; wages in CNY."""

    month: date = Field(description="当月 1 日")
    state: str = Field(description="awaited、imported、closed、reopened；空为没有")
    state_label: str
    on_payroll: int = Field(description="在岗人数")
    positions: int | None = Field(description="派遣合同约定的岗位数")
    due: str = Field(description="应发工资，元")
    paid: str = Field(description="实发工资，元")
    unpaid_lines: int = Field(description="到期没有发足的行数")


class StaffYearOut(Schema):
    """A year of months. ``least``: the fewest on the payroll, where all twelve months are there."""

    year: int
    years: list[int]
    least: int | None
    missing: list[date] = Field(description="应当导入而没有导入的月份")
    months: list[StaffMonthOut]


class StaffLineOut(Schema):
    """A dispatched person's month, by a code; wages in CNY."""

    id: int
    month: date
    person: str = Field(description="人员代码")
    position: str
    section: str = Field(description="科室代码")
    contract: str
    agency: str
    project: str
    due_on: date
    due: str
    paid: str
    paid_on: date | None
    on_payroll: bool
    version: int
    current: bool


class StaffLinesOut(Schema):
    """A page of persons' months, the latest month first; ``total`` counts all that fit."""

    total: int
    items: list[StaffLineOut]


class StaffVersionsOut(StaffLineOut):
    """A person's month with every version, the latest first."""

    reason: str
    versions: list[StaffLineOut]
