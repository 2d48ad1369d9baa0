"""``youju backup``: one consistent state into one file, read back before it gets its name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from youju.foundation.backup import archive as archives
from youju.foundation.backup import contents, events, facts, programs, scratch, secret_box, space, state
from youju.foundation.backup.archive import CHUNK, DUMP, Archive, Progress, Writer, open_archive, silent
from youju.foundation.database.addresses import owner_address
from youju.foundation.database.ready import open_connection
from youju.foundation.kernel.errors import InputError, reason_of
from youju.foundation.kernel.subjects import Subject

if TYPE_CHECKING:
    from psycopg import Connection

# A dump is compressed: a third of the database on disk is more than any we measured.
_DUMP_SHARE = 3


@dataclass(frozen=True, slots=True)
class Taken:
    """What was written: the file, its bytes, what is in it, and whether it was restored on trial."""

    file: str
    size: int
    taken_at: str
    tables: int
    rows: int
    files: int
    manifest_sha256: str
    rehearsed: bool
    secrets: str

    def as_json(self) -> dict[str, Any]:
        """For ``--json``."""
        return asdict(self)


def take(
    target: Path, *, rehearse: bool = False, secrets: Path | None = None, progress: Progress = silent
) -> Taken:
    """Write a backup. The database must answer and Django be set up (``django_ready``).

    The order makes the parts fit: the deed is recorded, so that the copy holds it; the witnesses of the audit trail are
    copied before the snapshot, because they may lag behind it but never be ahead; kept files after it, because every one
    that the snapshot knows exists by then.

    Args:
        target: the archive; must not exist.
        rehearse: restore it into a database of its own afterwards, compare, and drop that.
        secrets: also write the secrets, into a file of their own.

    Raises:
        InputError: the target exists or cannot be written, a disk is full, a kept file is damaged, a check failed. No
            archive has been left then.
    """
    target = target.absolute()
    if secrets is not None:
        secret_box.refuse(secrets.absolute(), target)
    # A refusal costs nothing and leaves no entry in the trail.
    Writer(target).abandon()
    _record(target)
    written = _write(target, rehearse, progress)
    if secrets is not None:
        secret_box.write(secrets.absolute())
    listed = written.manifest["database"]["tables"]
    done = Taken(
        file=str(target),
        size=target.stat().st_size,
        taken_at=str(written.manifest["taken_at"]),
        tables=len(listed),
        rows=sum(listed.values()),
        files=sum(1 for each in written.members if each.name.startswith("files/")),
        manifest_sha256=written.sha256,
        rehearsed=rehearse,
        secrets=str(secrets) if secrets else "",
    )
    state.note_backup(
        state.LastBackup(**{name: getattr(done, name) for name in state.LastBackup.__dataclass_fields__})
    )
    return done


def _write(target: Path, rehearse: bool, progress: Progress) -> Archive:
    """The archive, written, checked and under its name; begun again where a file was collected in the meantime."""
    for last in (False, False, True):
        with (
            _unfinished(target) as writer,
            open_connection(owner_address(), "YOUJU_DATABASE_URL") as connection,
        ):
            try:
                manifest = _fill(writer, connection, target, progress)
            except contents.ContentGoneError as gone:
                if last or gone.sha256 in {name for name, _ in contents.referenced(connection)}:
                    raise
                continue
            writer.close(manifest)
            written = open_archive(writer.beside, progress)
            programs.contents(connection.info.server_version // 10_000, written.read(DUMP))
            if rehearse:
                scratch.rehearse(written, progress)
            writer.publish()
            return written
    raise AssertionError("the last turn returns or raises")


@contextmanager
def _unfinished(target: Path) -> Iterator[Writer]:
    writer = Writer(target)
    try:
        yield writer
    except OSError as error:
        raise InputError(
            f"备份没有写成（{reason_of(error)}）", where=str(target), how="请检查磁盘后再运行一次"
        ) from error
    finally:
        writer.abandon()


def _record(target: Path) -> None:
    """Before the snapshot: the copy then holds it too, and a restored trail equals this one."""
    from django.db import connections, transaction

    from youju.foundation.audit.services import record

    with transaction.atomic():
        record(
            events.STARTED, Subject(events.KIND, target.name[:200], target.name), None, {"file": str(target)}
        )
    connections.close_all()


def _fill(writer: Writer, connection: Connection[Any], target: Path, progress: Progress) -> dict[str, Any]:
    taken_at = datetime.now(UTC).isoformat(timespec="seconds")
    writer.add_json(archives.HEADER, {"format": archives.FORMAT, "taken_at": taken_at})
    for name, path in _audit_files():
        writer.add(name, _chunks(path))
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        found = facts.facts(connection)
        kept = contents.referenced(connection)
        space.need(
            target.parent,
            found["database"]["bytes"] // _DUMP_SHARE + sum(size for _, size in kept),
            "写出备份",
        )
        row = connection.execute("SELECT pg_export_snapshot()").fetchone()
        assert row is not None  # noqa: S101
        whole = found["database"]["bytes"]
        pieces = programs.dump(owner_address(), found["postgresql"] // 10_000, row[0])
        writer.add(DUMP, _counted(pieces, "写出数据库", whole, progress))
        progress("写出数据库", whole, whole)
    for number, (sha256, size) in enumerate(kept, 1):
        writer.add(contents.member_name(sha256), contents.read(sha256, size))
        progress("写出文件", number, len(kept))
    return {"format": archives.FORMAT, "taken_at": taken_at, "secrets": False, **found}


def _audit_files() -> list[tuple[str, Path]]:
    """Witness files and published roots, by their names inside the archive."""
    from youju.foundation.audit import roots, witness

    found = [("witness", path) for path in witness.folder().glob("*.txt")]
    found += [("roots", path) for path in roots.folder().glob("*.json")]
    named = {f"audit/{kind}/{path.name}": path for kind, path in found}
    return [(name, named[name]) for name in sorted(named) if archives.has_place(name)]


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _counted(pieces: Iterator[bytes], title: str, total: int, progress: Progress) -> Iterator[bytes]:
    done = 0
    for piece in pieces:
        done += len(piece)
        progress(title, min(done, max(total - 1, 0)), total)
        yield piece
