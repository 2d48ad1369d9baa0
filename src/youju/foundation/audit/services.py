"""Writing the trail: inside the caller's transaction, so that a deed and its entry stand or fall together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from youju.foundation.audit import events, exporting, roots, verifying, witness
from youju.foundation.audit.encoding import encode
from youju.foundation.audit.verbs import Verb, is_declared
from youju.foundation.database.statements import Part, as_array, ask, later
from youju.foundation.kernel.clock import today
from youju.foundation.kernel.context import Context, current
from youju.foundation.kernel.subjects import Subject
from youju.foundation.policies import law_on
from youju.rules.law import whole

State = Mapping[str, Any] | None
Deed = tuple[Subject, State, State]

Row = tuple[str, str, str, str | None, str | None]

_APPEND = "audit_append(%s, %s, %s, %s, {each}, {each}, %s, %s, {each}, {each}, {each}, {each}, {each}, %s, %s::int)"
_MANY = _APPEND.format(each="%s::text[]")
# Nearly every deed comes alone: nothing to quote.
_ONE = _APPEND.format(each="ARRAY[%s]::text[]")
# How many deeds go in one statement: bounds the memory of a statement, not what a transaction may record.
_BATCH = 5_000
_KEY = 200


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands: its segment, its position in it (from 1) and its hash (32 bytes)."""

    segment: int
    position: int
    hash: bytes


def record(
    verb: Verb, subject: Subject, before: State = None, after: State = None, *, reason: str = ""
) -> Place:
    """Record one deed of the person in ``kernel.context`` inside the running transaction.

    ``before`` and ``after`` hold what matters as plain data: changed fields, all of them for something new or removed.

    Raises:
        RuntimeError: no transaction is open, or the verb was not declared; both are errors of the program.
        ValueError: a key of the states looks like a secret.
    """
    return record_many(verb, [(subject, before, after)], reason=reason)[-1]


def record_later(
    verb: Verb, subject: Subject, before: State = None, after: State = None, *, reason: str = ""
) -> None:
    """As :func:`record`, in one round trip with the next statement of the transaction, at the latest before its commit.

    Raises:
        RuntimeError, ValueError: as :func:`record`, at once.
    """
    record_many_later(verb, [(subject, before, after)], reason=reason)


def record_many_later(
    verb: Verb, deeds: Iterable[Deed], *, reason: str = "", by: Sequence[Context] = ()
) -> None:
    """As :func:`record_later`, for many deeds of one kind.

    Args:
        verb: what was done.
        deeds: to what, and what changed.
        reason: said of all.
        by: for deeds of several requests: whence each came. They differ in address and request alone.

    Raises:
        RuntimeError, ValueError: as :func:`record`, at once.
    """
    _refuse_unless_recordable(verb)
    rows = [_row(deed) for deed in deeds]
    if not rows:
        return
    places: list[Place] = []
    witness.after_commit(places)  # in the order of the deeds; filled when the entries are written
    for start in range(0, len(rows), _BATCH):
        some, whence = rows[start : start + _BATCH], by[start : start + _BATCH]
        later(_part(verb, some, reason, by=whence, then=lambda told: places.extend(_places(told))))


def record_many(verb: Verb, deeds: Iterable[Deed], *, reason: str = "") -> Sequence[Place]:
    """Record many deeds of one kind, in one round trip for each few thousand; the last place of each stretch."""
    _refuse_unless_recordable(verb)
    rows = [_row(deed) for deed in deeds]
    places: list[Place] = []
    for start in range(0, len(rows), _BATCH):
        places += _places(ask(_part(verb, rows[start : start + _BATCH], reason)))
    if places:
        witness.after_commit(places)
    return places


def record_read(verb: Verb, subject: Subject, *, fields: Sequence[str], reason: str = "") -> Place:
    """Record that sensitive fields were shown or handed out; the verb says so with ``reads=True``."""
    if not verb.reads:
        raise RuntimeError(f"the verb {verb.code!r} is not declared as a read")
    with transaction.atomic():
        return record(verb, subject, None, {"fields": list(fields)}, reason=reason)


def _row(deed: Deed) -> Row:
    subject, before, after = deed
    if len(subject.key) > _KEY:
        raise ValueError(f"the key of {subject.kind} is longer than {_KEY} characters")
    return subject.kind, _text(subject.key), _text(subject.label), encode(before), encode(after)


def _refuse_unless_recordable(verb: Verb) -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("an audit entry belongs in the transaction of its deed")
    if not is_declared(verb):
        raise RuntimeError(f"the verb {verb.code!r} was not declared with audit.verbs.verb")


def _part(
    verb: Verb,
    rows: Sequence[Row],
    reason: str,
    *,
    by: Sequence[Context] = (),
    then: Callable[[str], None] | None = None,
) -> Part:
    """The call that appends deeds, all come from where the context says, or each from where ``by`` does."""
    if len(rows) == 1 and not by:
        return Part(_ONE, _arguments(verb, rows[0], reason), then)
    columns = [as_array(column) for column in zip(*rows, strict=True)]
    whence = by or (current(),)
    came = (as_array(_text(now.address) for now in whence), as_array(_text(now.request_id) for now in whence))
    return Part(_MANY, _arguments(verb, columns, reason, came), then)


def _arguments(
    verb: Verb, columns: Sequence[str | None], reason: str, came: tuple[str, str] | None = None
) -> list[str | None]:
    now = current()
    capacity = whole(law_on(today()), "foundation.audit.segment_entries")
    return [
        *map(_text, (now.actor, now.actor_name, now.on_behalf_of, now.organisation)),
        *(came or map(_text, (now.address, now.request_id))),
        now.channel,
        verb.code,
        *columns,
        _text(reason),
        str(capacity),
    ]


def _places(told: str) -> list[Place]:
    lines = [line.split() for line in told.splitlines()]
    return [Place(int(segment), int(last), bytes.fromhex(head)) for segment, last, head in lines]


def _text(value: str) -> str:
    """PostgreSQL's text holds no NUL."""
    return value.replace("\x00", "\N{SYMBOL FOR NULL}")


def publish_root() -> dict[str, Any]:
    """Publish today's root where none is, and record it; ``{"file", "root", "new"}``. For the daily job and the command."""
    path, new = roots.publish()
    root = roots.latest() or {}
    if new:
        with transaction.atomic():
            record(
                events.ROOT_PUBLISHED,
                Subject("audit.root", str(root["day"]), f"{root['day']} 的审计根"),
                None,
                {"root": root["root"], "entries": root["entries"]},
            )
    return {"file": str(path), "root": root.get("root"), "new": new}


def verify_trail(progress: verifying.Progress) -> verifying.Verified:
    """Check the whole trail and record that it was checked, and with what result."""
    result = verifying.verify(progress)
    with transaction.atomic():
        record(
            events.VERIFIED,
            Subject("audit.trail", "all", "全部审计记录"),
            None,
            {"entries": result.entries, "segments": result.segments, "faults": result.faults},
            reason="；".join(finding.sentence for finding in result.findings[:3]),
        )
    return result


def export_trail(target: Path, progress: verifying.Progress) -> dict[str, Any]:
    """Write a pack of the whole trail, then record that it was handed out; the pack's manifest."""
    manifest = exporting.export(target, progress)
    record_read(
        events.EXPORTED,
        Subject("audit.trail", "all", "全部审计记录"),
        fields=[f"{manifest['entries']} 条", str(manifest["sha256"])],
    )
    return manifest
