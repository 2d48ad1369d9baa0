"""The flows that rooms have registered, each version kept: an old case goes on under the table it was started with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from youju.foundation.audit.verbs import Verb, known, verb
from youju.foundation.identity.permissions import Permission
from youju.rules.workflow import Flow, Transition

Url = Callable[[str], str | None]
Rows = Callable[[], QuerySet[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Registered:
    """A flow, the page of its records by their key, and the keys of the records that may be seen here. Equal only to itself."""

    flow: Flow
    url: Url | None
    rows: Rows | None = None


_flows: dict[str, dict[date, Registered]] = {}


def register_flow(flow: Flow, *, url: Url | None = None, rows: Rows | None = None) -> None:
    """Make a flow known; call it in ``AppConfig.ready``.

    Args:
        flow: the table.
        url: a record's page by its key.
        rows: for records under row-level security: a query of one text column, the keys. Lists, to-do lists and pages show
            only cases whose key it gives, and it gives what the database lets the asker see.

    Raises:
        ValueError: the table names a permission that the identity room does not know, or another table of the same code
            and day is there already: a changed table takes a later ``since``.
    """
    there = find(flow.code, flow.since)
    if there is not None and there != flow:
        raise ValueError(f"flow {flow.code}: two tables from {flow.since}")
    if there is None and any(since > flow.since for since in _flows.get(flow.code, {})):
        raise ValueError(f"flow {flow.code}: register the older table first, its words keep their verbs")
    for permission in (
        *(s.permission for s in flow.states if s.permission),
        *(t.permission for t in flow.transitions if not t.automatic),
    ):
        Permission(permission)
    for transition in flow.transitions:
        verb_of(flow, transition)
    _flows.setdefault(flow.code, {})[flow.since] = Registered(flow, url, rows)


def verb_of(flow: Flow, transition: Transition) -> Verb:
    """The audit verb of a transition. A later table that words a step anew gets a verb of its own: old entries keep theirs."""
    code, sentence = f"{flow.code}.{transition.code}", f"{transition.label}了"
    return verb(code if known(code).sentence in (code, sentence) else f"{code}_{flow.since:%Y%m%d}", sentence)


def find(code: str, since: date) -> Flow | None:
    """The version of a flow that a case was started with; ``None`` when this program no longer knows it."""
    there = _flows.get(code, {}).get(since)
    return there.flow if there else None


def versions() -> tuple[Flow, ...]:
    """Every version of every flow."""
    return tuple(each.flow for tables in _flows.values() for each in tables.values())


def registrations() -> tuple[Registered, ...]:
    """Everything that was registered: while it is the same, what was made from it is too."""
    return tuple(each for tables in _flows.values() for each in tables.values())


def flow_on(code: str, day: date) -> Flow:
    """The version in force on a day: the latest that had begun; before the first one, the first.

    Raises:
        KeyError: no such flow.
    """
    versions = _flows[code]
    begun = [since for since in versions if since <= day]
    return versions[max(begun) if begun else min(versions)].flow


def page_of(code: str, key: str) -> str | None:
    """The page of a record in a flow."""
    for registered in _flows.get(code, {}).values():
        if registered.url:
            return registered.url(key)
    return None


def guarded() -> dict[str, QuerySet[Any]]:
    """Of each flow whose records are not everybody's to see: the keys that may be seen here."""
    found: dict[str, QuerySet[Any]] = {}
    for code, tables in _flows.items():
        rows = next((each.rows for each in tables.values() if each.rows), None)
        if rows is not None:
            found[code] = rows()
    return found


def registered() -> tuple[Flow, ...]:
    """The latest version of every flow, by title."""
    return tuple(
        sorted((versions[max(versions)].flow for versions in _flows.values()), key=lambda flow: flow.title)
    )
