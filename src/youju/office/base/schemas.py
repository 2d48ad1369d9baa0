"""What the API of the base takes and gives."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from ninja import Field, Schema

PLAIN = r"^[^\x00]*$"
"""PostgreSQL's text holds no NUL."""
Number = Annotated[str, Field(min_length=1, max_length=60, pattern=PLAIN)]


class BaseRecordIn(Schema):
    """A record; which of the fields below ``note`` count depends on the register, the others are passed over."""

    number: Number
    title: str = Field(min_length=1, max_length=200, pattern=PLAIN)
    holder: str = Field(min_length=1, max_length=100, pattern=PLAIN)
    kind: str = Field(max_length=20, pattern=r"^[a-z_]*$")
    note: str = Field("", max_length=500, pattern=PLAIN)
    issued_on: date | None = Field(None, description="支持政策：发文日期")
    valid_from: date | None = Field(None, description="支持政策：施行日期")
    valid_to: date | None = Field(None, description="支持政策：失效日期；品牌：有效期至。这一天仍然有效")
    repeals: list[Number] = Field(default_factory=list, max_length=20, description="支持政策：废止的文件")
    subsidy: str = Field("", max_length=40, pattern=PLAIN, description="支持政策：对应的补贴政策编码")
    public: bool = Field(False, description="支持政策：公开")
    applied_on: date | None = Field(None, description="专利：申请日期")
    granted_on: date | None = Field(None, description="专利：授权日期")
    registered_on: date | None = Field(None, description="品牌：注册日期")
    recognised_by: str = Field("", max_length=100, pattern=PLAIN, description="品牌：认定机关")
    published_on: date | None = Field(None, description="标准：发布日期")
    effective_on: date | None = Field(None, description="标准：实施日期")
    abolished_on: date | None = Field(None, description="标准：废止日期")
    starts_on: date | None = Field(None, description="平台项目：开始日期")
    due_on: date | None = Field(None, description="平台项目：完成期限")
    amount: Decimal | None = Field(
        None, ge=0, max_digits=18, decimal_places=2, description="平台项目：支持金额，元"
    )
    project: str = Field("", max_length=30, pattern=PLAIN, description="支持政策、平台项目：项目编码")


class BaseRecordLine(Schema):
    """A line of a register; ``values`` holds what records of the register say, by name: days as text, money in CNY as text."""

    id: int
    number: str
    title: str
    holder: str
    kind: str
    state: str
    state_label: str
    values: dict[str, str | bool | list[str] | None]


class BaseRecordsOut(Schema):
    """A page of a register, the latest first; ``total`` counts all that fit."""

    total: int
    items: list[BaseRecordLine]


class BaseMilestoneOut(Schema):
    """A milestone of a platform project."""

    place: int
    title: str
    due_on: date
    done_on: date | None


class BaseRecordOut(BaseRecordLine):
    """A record with what hangs on it."""

    note: str
    repealed_by: str = Field(description="废止它的文件")
    milestones: list[BaseMilestoneOut]
    papers: int = Field(description="文件个数")
    evidence: int = Field(description="证明个数")
    findings: list[str] = Field(description="规则说的话")
