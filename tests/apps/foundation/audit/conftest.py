"""A trail of a few segments, and a database administrator who can do everything to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from shared_server import unguarded_trail
from youju.foundation.audit import witness
from youju.foundation.audit.services import record, record_many
from youju.foundation.audit.verbs import verb
from youju.foundation.database.addresses import Role
from youju.foundation.database.roles import acting_as
from youju.foundation.kernel.context import acting
from youju.foundation.kernel.subjects import Subject

DONE = verb("test.thing.done", "处理了")
SHOWN = verb("test.thing.shown", "查看了", reads=True)


def thing(key: object, label: str = "") -> Subject:
    """A record of a kind that only tests know."""
    return Subject("test.thing", str(key), label)


@pytest.fixture
def trail_folder(transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Witness and root folders of this test; the trail in the database is emptied by the test's own clean-up."""
    monkeypatch.setattr(witness, "folder", lambda: tmp_path / "witness")
    monkeypatch.setenv("YOUJU_AUDIT_ROOTS", str(tmp_path / "roots"))
    return tmp_path / "witness"


@pytest.fixture
def trail(trail_folder: Path) -> Path:
    """Twelve deeds in several transactions by two people; gives the witness folder."""
    with acting(actor="liming", actor_name="李明", organisation="CENTRE", address="10.0.0.7", channel="web"):
        for number in range(1, 7):
            with transaction.atomic():
                record(
                    DONE,
                    thing(number, f"第{number}件"),
                    {"state": "旧"},
                    {"state": "新", "n": number},
                    reason="核对",
                )
    with acting(actor="wangfang", actor_name="王芳"), transaction.atomic():
        record_many(DONE, [(thing(number), None, {"n": number}) for number in range(7, 13)])
    return trail_folder


@contextmanager
def administrator() -> Iterator[Callable[..., list[Any]]]:
    """Runs SQL as somebody who may do all: the owner, the guards switched off."""
    with acting_as(Role.OWNER), unguarded_trail():

        def run(statement: str, *values: object) -> list[Any]:
            with connection.cursor() as cursor:
                cursor.execute(statement, values)
                return cursor.fetchall() if cursor.description else []

        yield run
