"""The content of a release, put together of what the providers give."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from youju.performance.disclosure.selectors.providers import Ask, Part, providers
from youju.rules.law import Law, table


@dataclass(frozen=True, slots=True)
class Built:
    """A content with whose it is and until when it must be public."""

    content: dict[str, Any]
    unit_key: str
    unit_name: str
    due_on: date | None


def build(ask: Ask, law: Law) -> Built:
    """Ask every provider of the kind. ``notes`` say what stands against publishing: they are never public.

    Raises:
        InputError: there is no document of the year, or a provider refuses.
    """
    content: dict[str, Any] = {"figures": {}}
    notes: dict[str, list[str]] = {"unapproved": [], "unfrozen": [], "missing": []}
    unit, approved = ("", ""), None
    for provider in providers(ask.kind):
        part: Part = provider.build(ask)
        content |= dict(part.content)
        content["figures"] |= {each.key: each.plain() for each in part.figures}
        for name, said in notes.items():
            said.extend(getattr(part, name))
        unit = part.unit or unit
        approved = max(filter(None, (approved, part.approved_on)), default=None)
    days = int(str(table(law, "performance.disclosure.publish_days")[ask.kind]))
    return Built({**content, "notes": notes}, *unit, approved + timedelta(days) if approved else None)
