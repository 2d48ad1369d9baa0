"""Migrations that only add: Django's own executor without what it draws up anew for nothing.

After each added table, column, index and constraint Django makes the classes of every table anew that is related to the changed
one, by way of the users nearly all of them: three quarters of a first start's time in migrations. What only adds needs the class
of the changed table alone. Before a migration that does anything else (changes or removes a column, runs Python), all classes
are made anew, and it runs as Django would run it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel, RunSQL
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

_ADDING = (CreateModel, AddField, AddIndex, AddConstraint)


class QuickExecutor(MigrationExecutor):
    """Applies migrations as its parent does, with the same tables as the outcome."""

    def apply_migration(
        self, state: ProjectState, migration: Migration, fake: bool = False, fake_initial: bool = False
    ) -> Any:
        """One migration; the state after it."""
        if not all(map(_only_adds, migration.operations)):
            state.clear_delayed_apps_cache()
            state.apps  # noqa: B018 - a copy of the state before an operation is a copy of these classes
            return super().apply_migration(state, migration, fake, fake_initial)
        with _changed_table_alone():
            return super().apply_migration(state, migration, fake, fake_initial)


def _only_adds(operation: Operation) -> bool:
    if isinstance(operation, RunSQL):
        return all(map(_only_adds, operation.state_operations))
    return type(operation) in _ADDING


@contextmanager
def _changed_table_alone() -> Iterator[None]:
    usual = ProjectState._find_reload_model  # type: ignore[attr-defined]

    def alone(state: Any, app_label: str, model_name: str, *_delay: bool) -> set[tuple[str, str]]:
        state.is_delayed = True  # so Django knows that the other classes are not up to date
        return {(app_label, model_name)}

    ProjectState._find_reload_model = alone  # type: ignore[attr-defined]
    try:
        yield
    finally:
        ProjectState._find_reload_model = usual  # type: ignore[attr-defined]
