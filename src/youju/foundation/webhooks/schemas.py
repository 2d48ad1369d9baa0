"""Webhooks as programs send and read them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

Plain = r"^[^\x00]*$"
"""PostgreSQL's text holds no NUL."""
Type = Annotated[str, Field(max_length=60, pattern=Plain)]


class EventTypeOut(Schema):
    """A type of event that an endpoint may choose."""

    type: str
    label: str


class EndpointIn(Schema):
    """An endpoint to register."""

    organisation: str = Field(max_length=16, pattern=Plain, description="单位简码")
    name: str = Field(max_length=100, pattern=Plain, description="用途")
    url: str = Field(max_length=500, pattern=Plain, description="https 地址")
    types: list[Type] = Field(min_length=1, max_length=200, description="事项，见 /webhooks/types")


class EndpointChangeIn(Schema):
    """What changes of an endpoint; what is left out stays."""

    name: str | None = Field(None, max_length=100, pattern=Plain)
    url: str | None = Field(None, max_length=500, pattern=Plain)
    types: list[Type] | None = Field(None, min_length=1, max_length=200)


class EndpointStepIn(Schema):
    """A step with an endpoint."""

    step: Literal["pause", "resume", "remove"]
    reason: str = Field("", max_length=500, pattern=Plain)


class EndpointOut(Schema):
    """An endpoint; ``waiting`` and ``failed`` count its events."""

    id: int
    organisation: str
    name: str
    url: str
    types: list[str]
    state: str
    failing_since: datetime | None
    sent_at: datetime | None
    earlier_until: datetime | None = Field(description="旧密钥有效至")
    waiting: int
    failed: int


class EndpointSecretOut(Schema):
    """An endpoint with a new secret. A repeated request is answered without it: it is kept nowhere in the clear."""

    id: int
    secret: str | None = Field(description="只给这一次；重发的请求得到 null，可以再更换一次密钥")


class DeliveryOut(Schema):
    """An event for one endpoint, and what came of sending it."""

    id: int
    event: UUID
    type: str
    kind: str
    number: str
    sequence: int
    occurred_at: datetime
    state: Literal["pending", "sent", "failed"]
    attempts: int
    next_try_at: datetime | None
    tried_at: datetime | None
    status: int | None = Field(description="接收方回答的状态码")
    excerpt: str = Field(description="接收方回答的开头")
    sent_at: datetime | None


class DeliveryPageOut(Schema):
    """A page of events; ``next`` leads on."""

    items: list[DeliveryOut]
    next: str | None
