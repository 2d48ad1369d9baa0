"""The shapes that the parties room answers programs with. A number of a person is only ever masked."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Field, Schema


class ChangeCellOut(Schema):
    """One changed field in words."""

    name: str
    label: str
    before: str
    after: str


class ChangeOut(Schema):
    """A change request or a renewal."""

    id: int
    party: int
    party_name: str
    kind: str = Field(description="change 变更，renewal 续期")
    state: str
    reason: str
    requested_by: str
    requested_at: datetime
    decided_by: str
    decided_at: datetime | None
    decision_reason: str
    cells: list[ChangeCellOut]


class ChangeIn(Schema):
    """What shall be changed. Fields that are left out stay as they are."""

    values: dict[str, str | list[str] | None] = Field(default_factory=dict, description="栏目 → 新值")
    numbers: dict[str, str] = Field(default_factory=dict, description="证件或电话，例如 phone.contact → 号码")
    reason: str
    revision: int = Field(description="申请时看到的修订次数；备案已有改动的返回 409")


class ChangeStepIn(Schema):
    """A step with a request."""

    reason: str = ""
    state: str = Field("", description="看到的状态；已有变化的返回 409")


class ReminderOut(Schema):
    """Something that ends."""

    party: int
    party_name: str
    kind: str = Field(description="filing 备案，paper 材料")
    paper: str = Field(description="材料种类；备案是空")
    due_on: date


class StandingOut(Schema):
    """Whether a party may act."""

    may_act: bool
    reason: str
    rule: str


class SliceOut(Schema):
    """One figure of a division."""

    key: str
    label: str
    count: int


class StatisticsOut(Schema):
    """Filings counted, and the promised days of this year."""

    total: int
    by: dict[str, list[SliceOut]]
    steps: int
    steps_in_time: int
    rate: str | None = Field(description="按期率，百分比；没有步骤是 null")


class StallOut(Schema):
    """A stall today."""

    number: str
    floor: int
    row: int
    position: int
    state: str
    holder: str
    since: date | None
