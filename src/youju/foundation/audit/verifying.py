"""``verify``: the chain in the database, its heads, the witness files and the published roots, in one consistent look."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

from youju.foundation.audit import roots, witness
from youju.foundation.audit.chain import FIELDS
from youju.foundation.audit.checking import Check, Finding, SegmentHead, check_roots

Progress = Callable[[int, int], None]
Row = tuple[Sequence[str | None], bytes]

_CHUNK = 5_000
_COLUMNS = ", ".join(
    {
        "segment": "segment::text",
        "position": "position::text",
        "at": """to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')""",
    }.get(name, name)
    for name in FIELDS
)
_ENTRIES = f"SELECT {_COLUMNS}, hash FROM audit_entry WHERE segment = %s ORDER BY audit_entry.position"  # noqa: S608
_STRAYS = (
    "SELECT segment, count(*) FROM audit_entry e"
    " WHERE NOT EXISTS (SELECT FROM audit_segment s WHERE s.number = e.segment) GROUP BY segment ORDER BY segment"
)


@dataclass(frozen=True, slots=True)
class Verified:
    """What ``verify`` found out."""

    segments: int
    entries: int
    witnessed: int
    roots: int
    faults: int
    findings: tuple[Finding, ...]

    @property
    def intact(self) -> bool:
        """Whether nothing was found."""
        return not self.faults


def _silent(_done: int, _total: int) -> None:
    return None


def verify(progress: Progress = _silent) -> Verified:
    """Check the whole trail; writers go on meanwhile.

    The witnesses are read first: whatever they saw was committed before the snapshot of the database is taken.
    """
    check = Check()
    count = check_roots(roots.published(), check)
    witnessed = _hear(check)
    with snapshot():
        heads = segments()
        total = sum(head.length for head in heads)
        for head in heads:
            check.segment(head, _counted(entries(head.number), check, progress, total))
        for number, strays in _strays():
            check.fault("stray", number, 0, f"第 {number} 段没有段头，却有 {strays} 条记录")
    check.finish()
    progress(total, total)
    return Verified(check.segments, check.entries, witnessed, count, check.faults, tuple(check.findings))


@contextmanager
def snapshot() -> Iterator[None]:
    """A transaction that sees one state of the trail, whatever others commit; inside an open one, that one as it is."""
    own = not connection.in_atomic_block
    with transaction.atomic():
        # A connection that is lost here must leave the block too, or its thread stays in it for ever.
        if own:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def segments() -> list[SegmentHead]:
    """All segment heads, by number."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, previous, genesis, length, head, closed_at IS NOT NULL FROM audit_segment ORDER BY number"
        )
        return [
            SegmentHead(number, previous, bytes(genesis), length, bytes(head), closed)
            for number, previous, genesis, length, head, closed in cursor.fetchall()
        ]


def entries(segment: int) -> Iterator[Row]:
    """The entries of a segment in order, streamed: fields as text in the order of ``FIELDS``, and the stored hash."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(_ENTRIES, [segment])
        while rows := cursor.fetchmany(_CHUNK):
            for row in rows:
                yield row[:-1], bytes(row[-1])


def _hear(check: Check) -> int:
    count = 0
    for name, number, segment, position, told in witness.lines():
        count += 1
        if not segment or len(told) != 64:
            check.fault("witness_file", 0, 0, f"见证文件 {name} 第 {number} 行读不出来：文件被改过")
            continue
        other = check.witnesses.add(segment, position, told, f"见证文件 {name}")
        if other:
            check.fault(
                "witness",
                segment,
                position,
                f"第 {segment} 段第 {position} 条在见证文件 {name} 与{other[1]}里说法不同",
            )
    return count


def _counted(rows: Iterator[Row], check: Check, progress: Progress, total: int) -> Iterator[Row]:
    for row in rows:
        if check.entries % _CHUNK == 0:
            progress(min(check.entries, total), total)
        yield row


def _strays() -> list[tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(_STRAYS)
        return [(int(number), int(count)) for number, count in cursor.fetchall()]
