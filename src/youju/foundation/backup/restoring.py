"""``youju restore``: a checked archive, restored beside, checked again, switched to; the old state is kept aside."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from youju.foundation.backup import contents, facts, scratch, secret_box, space, switching
from youju.foundation.backup.archive import Archive, Progress, open_archive, silent
from youju.foundation.backup.switching import Switch
from youju.foundation.backup.trail import check_trail
from youju.foundation.database.addresses import Address, owner_address, server_named
from youju.foundation.database.places import product_places
from youju.foundation.database.ready import database_ready, open_connection
from youju.foundation.database.server import EmbeddedServer
from youju.foundation.kernel import places
from youju.foundation.kernel.durable import sync_folder
from youju.foundation.kernel.errors import InputError

_FRESH, _ASIDE = "_restore_", "_before_"
_LEAVING_SECONDS, _LOOK_AGAIN_SECONDS = 5.0, 0.1


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and where the old state was put (empty where there was none)."""

    file: str
    taken_at: str
    tables: int
    rows: int
    files: int
    audit_entries: int
    old_database: str
    old_audit: str
    secrets: bool

    def as_json(self) -> dict[str, Any]:
        """For ``--json``."""
        return asdict(self)


def restore(
    file: Path,
    *,
    secrets: Path | None = None,
    progress: Progress = silent,
    tell: Callable[[str], None] = lambda _message: None,
) -> Restored:
    """Restore an archive in place of the present state. The product must be stopped.

    Raises:
        InputError: the archive is damaged, foreign or newer; the product runs; a check of the restored data failed; a disk
            is full. The present state is untouched then.
    """
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "youju.config.settings")
    archive = open_archive(file.absolute(), progress)
    box = secret_box.read(secrets.absolute()) if secrets else None
    django.setup()
    facts.check_known(archive.manifest)
    _room(archive)
    with _alone(tell):
        earlier = switching.finish()
        if earlier:
            tell("上次没有做完的恢复已经做完，现在开始这一次")
        _clear_leftovers()
        done = _restore(archive, progress)
    if box is not None:
        secret_box.put_back(box)
    return replace(done, secrets=box is not None)


@contextmanager
def _alone(tell: Callable[[str], None]) -> Iterator[None]:
    """The database answers, and nobody else uses it: the embedded server is ours, or nobody is connected to the named."""
    if not server_named():
        holder = EmbeddedServer(product_places()).lock.holder()
        if holder:
            raise InputError(
                f"系统正在运行（进程 {holder}），不能恢复",
                where=str(places.var()),
                how="请先停下它（Ctrl-C 或停止服务），再运行一次",
            )
    with database_ready(exclusive=True, tell=tell):
        owner = owner_address()
        with open_connection(owner, "YOUJU_DATABASE_URL") as connection:
            others = left_after(connection, _LEAVING_SECONDS)
        if others:
            raise InputError(
                f"还有 {others} 个程序连着数据库 {owner.name}，不能恢复",
                how="请先停下系统和后台任务进程，再运行一次",
            )
        yield


def left_after(connection: Any, seconds: float) -> int:
    """How many others are connected once the last of them left, or after so many seconds.

    A program that was killed leaves its connection behind for a moment: the server has to notice that nobody is there.
    """
    until = time.monotonic() + seconds
    while True:
        row = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        ).fetchone()
        others = int(row[0]) if row else 0
        if not others or time.monotonic() >= until:
            return others
        time.sleep(_LOOK_AGAIN_SECONDS)


def _room(archive: Archive) -> None:
    missing = sum(
        each.size
        for each in archive.members
        if each.name.startswith("files/") and not (places.var() / each.name).exists()
    )
    size = 0 if server_named() else int(archive.manifest["database"]["bytes"])
    space.need(places.var(), size + missing, "恢复备份")


def _clear_leftovers() -> None:
    """What a restore that was killed before its switch left beside."""
    start = owner_address().name + _FRESH
    with scratch.admin() as connection:
        left = [name for name in scratch.databases(connection) if name.startswith(start)]
    for name in left:
        scratch.drop(name)
    for folder in places.var().glob("audit.restore-*"):
        shutil.rmtree(folder)


def _restore(archive: Archive, progress: Progress) -> Restored:
    stamp = f"{datetime.now():%Y%m%d_%H%M%S}"  # noqa: DTZ005 - a name that people read
    database = owner_address().name
    fresh = database + _FRESH + stamp
    where = scratch.make(fresh)
    staged = places.var() / f"audit.restore-{stamp}"
    try:
        scratch.fill(where, archive, progress)
        files = _bring_files(archive, where, progress)
        _stage_audit(archive, staged)
        entries = check_trail(fresh, staged, progress)
    except BaseException:
        scratch.drop(fresh)
        shutil.rmtree(staged, ignore_errors=True)
        raise
    old = _holds_data()
    switch = Switch(
        database=database,
        fresh=fresh,
        aside=database + _ASIDE + stamp,
        audit_fresh=staged.name,
        audit_aside=f"audit.before-{stamp}",
        archive=str(archive.path),
        taken_at=str(archive.manifest["taken_at"]),
        manifest_sha256=archive.sha256,
    )
    switching.decide(switch)
    switching.finish()
    if not old:
        scratch.drop(switch.aside)
    tables = archive.manifest["database"]["tables"]
    aside = places.var() / switch.audit_aside
    return Restored(
        file=str(archive.path),
        taken_at=switch.taken_at,
        tables=len(tables),
        rows=sum(tables.values()),
        files=files,
        audit_entries=entries,
        old_database=switch.aside if old else "",
        old_audit=str(aside) if aside.exists() else "",
        secrets=False,
    )


def _holds_data() -> bool:
    """Whether the present database is worth keeping: it has tables."""
    with open_connection(owner_address(), "YOUJU_DATABASE_URL") as connection:
        return bool(facts.rows_by_table(connection))


def _bring_files(archive: Archive, where: Address, progress: Progress) -> int:
    """Every kept file that the restored database refers to stands in the store afterwards.

    Raises:
        InputError: the archive lacks one.
    """
    with open_connection(where, "YOUJU_DATABASE_URL") as connection:
        kept = contents.referenced(connection)
    for number, (sha256, size) in enumerate(kept, 1):
        name = contents.member_name(sha256)
        if name not in archive.places or archive.places[name].size != size:
            raise InputError(
                f"备份里缺少文件 {sha256[:12]}…",
                where=str(archive.path),
                how="请换一份备份；现有的数据没有动过",
            )
        contents.bring_back(sha256, size, partial(archive.read, name))
        progress("恢复文件", number, len(kept))
    return len(kept)


def _stage_audit(archive: Archive, staged: Path) -> None:
    """Witnesses and roots as they were, beside the present ones."""
    (staged / "witness").mkdir(parents=True)
    (staged / "roots").mkdir()
    for member in archive.members:
        if member.name.startswith("audit/"):
            target = staged / member.name.removeprefix("audit/")
            with target.open("wb") as file:
                for chunk in archive.read(member.name):
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            target.chmod(0o600)
    for folder in (staged / "witness", staged / "roots", staged):
        sync_folder(folder)
