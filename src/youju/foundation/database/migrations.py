"""Bring the tables up to date: as the owner, one process at a time, and only when something is pending."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from youju.foundation.database.addresses import Role, address
from youju.foundation.database.ready import open_connection, refresh_grants
from youju.foundation.database.roles import acting_as
from youju.foundation.kernel.errors import InputError

if TYPE_CHECKING:
    from django.db.migrations.executor import MigrationExecutor

# The number of the advisory lock: any constant that nothing else uses ("youju" in ASCII).
MIGRATION_LOCK = 0x796F756A75

Progress = Callable[[int, int], None]


def pending() -> list[str]:
    """The migrations not yet applied, as ``app.name``, in order.

    Raises:
        InputError: the database has a migration of ours that this program does not know (an older program, a newer
            database).
    """
    executor = _executor()
    known = set(executor.loader.disk_migrations)
    apps = {app for app, _ in known}
    strange = [
        f"{app}.{name}"
        for app, name in executor.loader.applied_migrations
        if app in apps and (app, name) not in known
    ]
    strange = [name for name in strange if name not in _replaced(executor)]
    if strange:
        raise InputError(
            f"数据库比本程序新：它有本程序不认识的变更 {'、'.join(sorted(strange))}",
            how="请换用新版程序，或恢复旧的备份",
        )
    return [f"{migration.app_label}.{migration.name}" for migration, _ in _plan(executor)]


def _replaced(executor: MigrationExecutor) -> set[str]:
    squashed = executor.loader.replacements.values()
    return {f"{app}.{name}" for migration in squashed for app, name in migration.replaces}


def migrate(progress: Progress) -> int:
    """Apply what is pending as the owner, holding the lock; how many were applied.

    Args:
        progress: called with (done, all) migrations.
    """
    with _only_one(), acting_as(Role.OWNER):
        executor = _executor()
        plan = _plan(executor)
        if plan:
            _apply(executor, progress)
    if plan:
        refresh_grants()  # a new table may be one that the application must not write
    return len(plan)


def _executor() -> MigrationExecutor:
    from django.db import connection

    from youju.foundation.database.rendering import QuickExecutor

    return QuickExecutor(connection)


def _plan(executor: MigrationExecutor):  # type: ignore[no-untyped-def]
    return executor.migration_plan(executor.loader.graph.leaf_nodes())


def _apply(executor: MigrationExecutor, progress: Progress) -> None:
    """What Django's ``migrate`` does, with a count for the progress bar."""
    from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal

    plan = _plan(executor)
    done = 0

    def step(action: str, *_: object) -> None:
        nonlocal done
        if action == "apply_success":
            done += 1
            progress(done, len(plan))

    executor.progress_callback = step
    before = executor._create_project_state(with_applied_migrations=True)  # type: ignore[attr-defined]
    emit_pre_migrate_signal(0, False, "default", apps=before.apps, plan=plan)
    after = executor.migrate(executor.loader.graph.leaf_nodes(), plan=plan, state=before.clone())
    after.clear_delayed_apps_cache()
    emit_post_migrate_signal(0, False, "default", apps=after.apps, plan=plan)


@contextmanager
def _only_one() -> Iterator[None]:
    with open_connection(address(Role.OWNER), "YOUJU_DATABASE_URL") as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
        yield
