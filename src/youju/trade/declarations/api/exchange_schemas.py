"""Messages, replies and customs' steps as programs send and read them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

Plain = r"^[^\x00]*$"
"""PostgreSQL's text holds no NUL."""
Revision = Annotated[int, Field(ge=0, le=2_000_000_000)]


class ExchangeRefusedOut(Schema):
    """Why it was refused."""

    detail: str


class ExchangeMessageOut(Schema):
    """A message or reply. ``declaration`` is number and version; empty where it is about none of ours."""

    id: int
    declaration: str
    direction: Literal["out", "in"]
    kind: str
    state: Literal["waiting", "sent", "answered", "unanswered", "read", "kept", "refused", "returned"]
    text: str
    name: str
    sha256: str
    attempts: int
    position: int | None
    created_at: datetime
    done_at: datetime | None


class ExchangeMessagesOut(Schema):
    """A page of messages; ``next`` is the ``cursor`` of the following one, null at the end."""

    items: list[ExchangeMessageOut]
    next: str | None


class CustomsIn(Schema):
    """What customs did. ``entry_number`` with accept (18 digits), ``reason`` with reject; ``at`` defaults to now."""

    step: Literal["accept", "reject", "inspect", "release", "export"]
    entry_number: str = Field("", max_length=18, pattern=Plain)
    reason: str = Field("", max_length=1000, pattern=Plain)
    at: datetime | None = None
    revision: Revision | None = None


class SendIn(Schema):
    """The revision that the program saw, where it wants to be told of changes meanwhile."""

    revision: Revision | None = None


class CustomsStateOut(Schema):
    """Where the declaration stands now."""

    key: str
    state: str
    revision: int
    entry_number: str


class ReplyIn(Schema):
    """A reply as customs sent it: the XML text."""

    content: str = Field(min_length=1, max_length=300_000, pattern=Plain)


class ReplyOut(Schema):
    """What became of it: ``read``, ``kept`` for its turn, ``refused`` as it contradicts what is known; ``repeated`` if known."""

    message: int
    state: Literal["read", "kept", "refused"]
    repeated: bool
    text: str


class PutBackOut(Schema):
    """The reply's state now: ``returned`` to be read again, else as judged anew."""

    state: Literal["returned", "read", "kept", "refused"]
