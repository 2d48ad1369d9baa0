"""Migrations applied quickly say to the database what Django's own executor says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection, migrations, models
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from youju.foundation.database.rendering import QuickExecutor

KEY = models.BigAutoField(primary_key=True)
FAR = {"on_delete": models.CASCADE}
seen: list[tuple[str, ...]] = []


def _look(apps: Any, _editor: Any) -> None:
    """What a migration in Python finds: how the tables hang together by now."""
    seen.append(tuple(each.name for each in apps.get_model("tried", "house")._meta.related_objects))


PLAN: Sequence[Sequence[Operation]] = (
    [
        migrations.CreateModel("House", [("id", KEY), ("name", models.CharField(max_length=9))]),
        migrations.CreateModel(
            "Room", [("id", KEY), ("house", models.ForeignKey("tried.House", related_name="+", **FAR))]
        ),
    ],
    [
        migrations.AddField("House", "best", models.ForeignKey("tried.Room", null=True, **FAR)),
        migrations.AddField("Room", "doors", models.ManyToManyField("tried.House", related_name="open")),
        migrations.AddConstraint("Room", models.UniqueConstraint(fields=["house"], name="one_room")),
        migrations.AddIndex("House", models.Index(fields=["name", "best"], name="by_name")),
        migrations.CreateModel("Guest", [("id", KEY), ("house", models.ForeignKey("tried.House", **FAR))]),
    ],
    [migrations.RunPython(_look, migrations.RunPython.noop)],
    # A changed key changes the columns that refer to it, in whatever table.
    [migrations.AlterField("House", "id", models.CharField(max_length=12, primary_key=True))],
    [migrations.RemoveField("House", "best"), migrations.DeleteModel("Guest")],
    [migrations.AddField("Room", "name", models.CharField(max_length=7, default=""))],
)


def _said(kind: type[MigrationExecutor], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The SQL of the whole plan, taken back; nothing is noted as applied."""
    executor = kind(connection)
    monkeypatch.setattr(executor, "record_migration", lambda _migration: None)
    state = ProjectState()
    said: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "SAVEPOINT" not in sql:  # its name is a number of its own
            said.append(f"{sql} {params}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        for number, operations in enumerate(PLAN, 1):
            migration = Migration(f"{number:04d}_tried", "tried")
            migration.operations = list(operations)
            state.apps  # noqa: B018 - made for the first migration, handed on to the others
            state = executor.apply_migration(state, migration)
    return said


@pytest.mark.django_db(transaction=True)
def test_the_same_sql_in_the_same_order(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import transaction

    from youju.foundation.database.addresses import Role
    from youju.foundation.database.roles import acting_as

    seen.clear()
    outcomes = []
    for kind in (MigrationExecutor, QuickExecutor):
        with acting_as(Role.OWNER), transaction.atomic():
            outcomes.append(_said(kind, monkeypatch))
            transaction.set_rollback(True)
    assert outcomes[0] == outcomes[1]
    assert len(outcomes[0]) > 12
    assert seen[0] == seen[1] == ("open", "guest")
