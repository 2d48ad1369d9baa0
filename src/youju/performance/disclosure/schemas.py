"""What the API of disclosure gives."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema


class DisclosureReleaseLine(Schema):
    """A release without its content."""

    id: int
    kind: str = Field(description="targets、progress、evaluation")
    year: int
    version: int
    state: str = Field(description="draft、submitted、published、withdrawn、replaced、dropped")
    unit_name: str
    until: date | None
    due_on: date | None
    reason: str
    closing: str
    content_hash: str
    prepared_at: datetime
    published_at: datetime | None


class DisclosureReleasesOut(Schema):
    """A page of releases, the newest first."""

    total: int
    items: list[DisclosureReleaseLine]


class DisclosureReleaseOut(DisclosureReleaseLine):
    """A release with what is or will be public, and what the rules said."""

    content: dict[str, Any]
    findings: list[dict[str, Any]]
