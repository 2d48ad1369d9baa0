"""Reading the trail: rows for the list, one entry, the history of a record in plain words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from youju.foundation.audit.models import Entry, Segment
from youju.foundation.audit.subjects import kind_of
from youju.foundation.audit.verbs import known
from youju.foundation.policies import law_on
from youju.rules.law import whole

HISTORY = 50


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a deed: its Chinese name, before and after as text (``None``: was not, is not there)."""

    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """One entry in plain words."""

    segment: int
    position: int
    at: datetime
    who: str
    deed: str
    kind: str
    subject: str
    url: str | None
    changes: tuple[FieldChange, ...]
    reason: str
    hash: str
    entry: Entry

    @property
    def sentence(self) -> str:
        """Who did what, as one sentence without the time."""
        return f"{self.who}{self.deed}{self.subject or self.kind}"


@dataclass(frozen=True, slots=True)
class History:
    """The latest deeds on a record, newest first; ``more`` when there are older ones."""

    lines: tuple[Line, ...]
    more: bool


def entries(
    *,
    kind: str = "",
    key: str = "",
    actor: str = "",
    verb: str = "",
    since: date | None = None,
    until: date | None = None,
    request_id: str = "",
    text: str = "",
    sensitive: bool | None = None,
) -> QuerySet[Entry]:
    """The entries that fit every given condition, unsorted. ``since`` and ``until`` are whole days here, both included.

    ``text`` is sought in the label, the reason and the name of who did it.
    """
    rows = Entry.objects.all()
    exact = {"subject_kind": kind, "subject_key": key, "actor": actor, "verb": verb, "request_id": request_id}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if since:
        rows = rows.filter(at__gte=_midnight(since))
    if until:
        rows = rows.filter(at__lt=_midnight(until + timedelta(days=1)))
    if sensitive is not None:
        from youju.foundation.audit.verbs import declared

        rows = rows.filter(verb__in=[each.code for each in declared() if each.reads is sensitive])
    for word in text.replace("\0", "").split():
        rows = rows.filter(
            Q(subject_label__icontains=word) | Q(reason__icontains=word) | Q(actor_name__icontains=word)
        )
    return rows


def capped_count(rows: QuerySet[Entry]) -> tuple[int, bool]:
    """How many entries there are, at most as many as the policy lets a page count, and whether there are more."""
    most = whole(law_on(timezone.localdate()), "foundation.audit.counted_entries")
    found = rows.order_by().values("segment")[: most + 1].count()
    return min(found, most), found > most


def total_entries() -> int:
    """All entries, from the segments' lengths: no counting."""
    return sum(Segment.objects.values_list("length", flat=True))


STAMP = (
    "(SELECT coalesce(string_agg(number || ':' || length, ',' ORDER BY number), '') "
    "FROM audit_segment WHERE closed_at IS NULL)"
)
"""``trail_stamp`` as an SQL expression, for a statement that reads more besides."""


def trail_stamp() -> str:
    """A text that differs after every committed entry: the open segments and how far each has come.

    A number is never opened twice and a length only grows, so the same text means that nothing was recorded in between. The
    highest entry would not do: of two writers the later one may commit first.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {STAMP}")
        (stamp,) = cursor.fetchone()
    return str(stamp)


def entry(segment: int, position: int) -> Line | None:
    """One entry in plain words; ``None`` where there is none."""
    row = Entry.objects.filter(segment=segment, position=position).first()
    return line(row) if row else None


def history(kind: str, key: str, *, limit: int = HISTORY) -> History:
    """The latest deeds on a record."""
    found = list(
        Entry.objects.filter(subject_kind=kind, subject_key=key).order_by("-at", "-segment", "-position")[
            : limit + 1
        ]
    )
    return History(tuple(line(row) for row in found[:limit]), more=len(found) > limit)


def line(row: Entry) -> Line:
    """An entry in plain words, by its verb and the names of its kind."""
    kind = kind_of(row.subject_kind)
    return Line(
        segment=row.segment,
        position=row.position,
        at=row.at,
        who=_who(row),
        deed=known(row.verb).sentence,
        kind=kind.name,
        subject=row.subject_label or f"{kind.name} {row.subject_key}",
        url=kind.page(row.subject_key),
        changes=_changes(row, kind.field_name),
        reason=row.reason,
        hash=bytes(row.hash).hex(),
        entry=row,
    )


def actors_like(start: str, *, limit: int = 20) -> Sequence[str]:
    """Usernames in the trail that begin so; by a skip scan, not by reading a million rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            """WITH RECURSIVE names AS (
                 (SELECT actor FROM audit_entry WHERE actor >= %(start)s ORDER BY actor LIMIT 1)
                 UNION ALL
                 SELECT (SELECT e.actor FROM audit_entry e WHERE e.actor > n.actor ORDER BY e.actor LIMIT 1)
                 FROM names n WHERE n.actor IS NOT NULL)
               SELECT actor FROM names WHERE actor IS NOT NULL AND starts_with(actor, %(start)s) LIMIT %(limit)s""",
            {"start": start, "limit": limit},
        )
        return [row[0] for row in cursor.fetchall()]


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


_CHANNELS = {"command": "（命令行）", "job": "（后台任务）", "api": "（接口）"}


def _who(row: Entry) -> str:
    who = row.actor_name or row.actor or "系统"
    if row.on_behalf_of:
        who += f"（代 {row.on_behalf_of}）"
    return who + _CHANNELS.get(row.channel, "")


def _changes(row: Entry, name: Any) -> tuple[FieldChange, ...]:
    before, after = _state(row.before), _state(row.after)
    keys = list(dict.fromkeys([*before, *after]))
    return tuple(
        FieldChange(name(key), _shown(before, key), _shown(after, key))
        for key in keys
        if before.get(key) != after.get(key) or (key in before) != (key in after)
    )


def _state(text: str | None) -> Mapping[str, Any]:
    state = json.loads(text) if text else {}
    return state if isinstance(state, dict) else {"": state}


def _shown(state: Mapping[str, Any], key: str) -> str | None:
    if key not in state or state[key] is None:
        return None
    value = state[key]
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list) and all(isinstance(each, str | int) for each in value):
        return "、".join(str(each) for each in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
