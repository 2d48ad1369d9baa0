"""What the API of surveys takes and gives."""

from __future__ import annotations

from datetime import date

from ninja import Field, Schema


class SurveyLine(Schema):
    """A survey of the list; ``answered`` once it is closed."""

    id: int
    number: str
    title: str
    title_en: str
    year: int
    quarter: int = Field(description="0 是全年，1 至 4 是季度")
    project: str
    tags: list[str]
    state: str = Field(description="draft、review、open、closed、dropped")
    closes_on: date
    answered: int | None


class SurveysOut(Schema):
    """A page of surveys, the latest year first; ``total`` counts all that fit."""

    total: int
    items: list[SurveyLine]


class SatisfactionLine(Schema):
    """A mean (0-100) with its 95 % interval, as decimals in text; ``small``: the sample is too small to stand on."""

    key: str = Field(description="标签，空的是全部量表题；或渠道编号")
    label: str
    n: int
    mean: str
    low: str | None
    high: str | None
    small: bool
    before: str | None = Field(description="上一次调查的均值")


class ChannelLine(Schema):
    """How many were handed out on a channel and came back."""

    id: int
    name: str
    kind: str = Field(description="code、paper")
    made: int
    handed_out: int
    answered: int


class SurveyResultOut(Schema):
    """The result of a closed survey. Channels that are too small to be shown apart stand in ``channels`` without a mean."""

    survey: SurveyLine
    handed_out: int
    tags: list[SatisfactionLine]
    by_channel: list[SatisfactionLine]
    channels: list[ChannelLine]
    method: str


class SurveyTokensIn(Schema):
    """How many codes to make for a channel."""

    channel: int = Field(ge=1, le=9_000_000_000_000_000_000)
    count: int = Field(ge=1, le=10_000)


class SurveyTokensOut(Schema):
    """The addresses behind new codes: given once, kept nowhere."""

    channel: int
    links: list[str]
