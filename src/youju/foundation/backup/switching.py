"""From the old state to the restored one in one switch, which a kill cannot cut in two: what was begun is finished next time.

The note ``var/backup/switch.json`` is the moment of decision. Before it is written, everything restored stands beside and
the old state is whole; after it, ``finish`` brings the switch to its end, as often as it is called. Both renames of the
database are one transaction.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from youju.foundation.backup import scratch, state
from youju.foundation.kernel import places
from youju.foundation.kernel.durable import sync_folder
from youju.foundation.kernel.errors import InputError

if TYPE_CHECKING:
    from psycopg import Connection

NOTE = "switch.json"
RESTORED = "restored.json"


@dataclass(frozen=True, slots=True)
class Switch:
    """What becomes what. Databases by name; folders of the audit trail by name below ``var``."""

    database: str
    fresh: str
    aside: str
    audit_fresh: str
    audit_aside: str
    archive: str
    taken_at: str
    manifest_sha256: str


def begun() -> Switch | None:
    """A switch that was decided and not finished."""
    found = state.read(NOTE)
    return Switch(**found) if found else None


def decide(switch: Switch) -> None:
    """From now on the restored state is the one that counts."""
    state.write(NOTE, asdict(switch))


def finish() -> Switch | None:
    """Bring a switch that was decided to its end; it, or ``None`` where none was. The database server must answer.

    Raises:
        InputError: somebody is connected to one of the databases.
    """
    switch = begun()
    if switch is None:
        return None
    with scratch.admin() as connection:
        _rename(connection, switch)
    _move_audit(switch)
    state.write(RESTORED, asdict(switch))
    state.forget(NOTE)
    sync_folder(state.folder())
    return switch


def _rename(connection: Connection[Any], switch: Switch) -> None:
    import psycopg
    from psycopg import sql

    there = scratch.databases(connection)
    if switch.fresh not in there:
        return
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    try:
        with connection.transaction():
            if switch.database in there:
                connection.execute(
                    rename.format(sql.Identifier(switch.database), sql.Identifier(switch.aside))
                )
            connection.execute(rename.format(sql.Identifier(switch.fresh), sql.Identifier(switch.database)))
    except psycopg.errors.ObjectInUse as error:
        raise InputError(
            "还有程序连着数据库，不能切换", how="请先停下系统和其他连着数据库的程序，再运行一次同样的命令"
        ) from error


def _move_audit(switch: Switch) -> None:
    var = places.var()
    fresh, current, aside = var / switch.audit_fresh, var / "audit", var / switch.audit_aside
    if not fresh.is_dir():
        return
    if current.exists() and not aside.exists():
        current.rename(aside)
    fresh.rename(current)
    sync_folder(var)


def record_restored() -> bool:
    """Write a finished restore into the trail, once, when the product starts on the restored data; whether it did.

    Not at the restore itself: right after it, the restored trail equals the one that was saved, byte for byte.
    """
    found = state.read(RESTORED)
    if found is None:
        return False
    from django.db import transaction

    from youju.foundation.audit.services import record
    from youju.foundation.backup import events
    from youju.foundation.kernel.subjects import Subject

    name = Path(str(found["archive"])).name
    with transaction.atomic():
        record(
            events.RESTORED,
            Subject(events.KIND, name[:200], name),
            None,
            {key: found[key] for key in ("archive", "taken_at", "manifest_sha256", "aside")},
        )
    state.forget(RESTORED)
    return True
