"""What the rules of disclosure look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class ReleaseFacts:
    """A release at one moment.

    ``texts`` are all texts of its content with their places; ``fields`` the names of the fields that its content has, by
    part. ``people`` and ``firms`` are names that the product knows. ``unapproved`` and ``unfrozen`` name what is not approved
    or not frozen. ``number`` is the version.
    """

    moment: Literal["prepare", "publish", "watch"]
    day: date
    kind: str
    texts: Sequence[tuple[str, str]] = ()
    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)
    people: frozenset[str] = frozenset()
    firms: frozenset[str] = frozenset()
    unapproved: Sequence[str] = ()
    unfrozen: Sequence[str] = ()
    missing: Sequence[str] = ()
    due_on: date | None = None
    number: int = 1
    reason: str = ""
    hands: tuple[str, ...] = ()
    actor: str = ""
    published: bool = False
