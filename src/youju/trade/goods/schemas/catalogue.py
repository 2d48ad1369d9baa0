"""What the API of the goods room takes and gives. Numbers are texts of decimal digits; a blank is null or empty."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Field, Schema


class TariffLineOut(Schema):
    """A line of the tariff; ``export_duty`` in per cent, null where there is none."""

    code: str
    name: str
    unit1: str
    unit2: str
    export_duty: str | None
    supervision: str
    inspection: str


class HitOut(TariffLineOut):
    """A line that a search found; ``exact`` where every word of the search stands in it."""

    exact: bool


class ElementOut(Schema):
    """A declaration element of a code; ``known`` names the field of a good that answers it."""

    name: str
    required: bool
    known: str


class CodeOut(TariffLineOut):
    """What the tariff of a day says of a code."""

    version: str
    valid_from: date
    valid_to: date | None = Field(description="不含这一天")
    elements: list[ElementOut]


class LatestDecision(Schema):
    """The latest decision on a good; ``current`` while the good stands as it was judged."""

    outcome: str
    as_of: date
    rule_ids: list[str]
    current: bool


class GoodLine(Schema):
    """A good in a list."""

    id: int
    number: str
    party: int
    name: str
    name_en: str
    model: str
    hs_code: str
    unit: str
    brand_kind: str
    brand: str
    state: str
    revision: int
    changed_at: datetime


class GoodOut(GoodLine):
    """One good."""

    producer: str
    extra_code: str
    authorised_until: date | None
    elements: dict[str, str]
    has_picture: bool
    decision: LatestDecision | None


class GoodIn(Schema):
    """A good to register."""

    party: int = Field(description="经营户的编号")
    name: str = Field(max_length=2000)
    name_en: str = Field("", max_length=2000)
    model: str = Field("", max_length=2000)
    brand_kind: str = Field("none", max_length=20, description="none、own、domestic、foreign 或 other")
    brand: str = Field("", max_length=2000)
    producer: str = Field("", max_length=2000)
    unit: str = Field(max_length=100)
    hs_code: str = Field(max_length=100)
    extra_code: str = Field("", max_length=100)
    elements: dict[str, str] = Field(default_factory=dict, description="申报要素 → 内容")


class PageOut(Schema):
    """A page of goods."""

    total: int
    goods: list[GoodLine]
