"""Rows that many tests start from, made once for all tests of a file that stand on them.

``@kept`` makes a fixture of a function without arguments::

    @kept
    def deal() -> Deal:
        return make_deal()

The function reaches every row, as a job does. Its rows lie in a transaction that stays open from one test to the next; each
test works in a savepoint within it, and what the test changes is rolled back as ever. Each test gets a copy of what the
function returned, so that no test sees another's objects. The tests of a file that stand on the same rows run one after the
other (``in_order``). A test that needs real commits (``transaction=True``) has the rows made for itself.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection, transaction

from own_transaction import own_transaction
from youju.foundation.kernel.context import reaching_all


@dataclass
class _Layer:
    build: Callable[[], Any]
    made: Any
    block: Any
    depth: int


_open: list[_Layer] = []
_undisturbed = ExitStack()


def kept(build: Callable[[], Any]) -> Any:
    """A fixture with what the function makes and returns."""

    def fixture(db: None) -> Any:
        found = next((layer for layer in _open if layer.build is build), None)
        if found:
            return copy.deepcopy(found.made)
        with reaching_all():
            return build()

    fixture.__name__, fixture.__doc__ = build.__name__, build.__doc__
    fixture.kept = build  # type: ignore[attr-defined]
    return pytest.fixture(fixture)


def wanted(item: pytest.Item) -> tuple[Callable[[], Any], ...]:
    """The functions whose rows a test stands on."""
    marker = item.get_closest_marker("django_db")
    if not isinstance(item, pytest.Function) or (marker and marker.kwargs.get("transaction")):
        return ()
    if {"transactional_db", "live_server"} & set(item.fixturenames):
        return ()
    known = item._fixtureinfo.name2fixturedefs
    found = (getattr(known[name][-1].func, "kept", None) for name in item.fixturenames if name in known)
    return tuple(build for build in found if build)


def in_order(items: list[pytest.Item]) -> None:
    """Within each file, bring together the tests that stand on the same rows; all else stays where it is."""
    files: dict[Any, int] = {}
    groups: dict[Any, int] = {}
    places = {
        item: (
            files.setdefault(item.path, len(files)),
            groups.setdefault((item.path, wanted(item)), len(groups)),
        )
        for item in items
    }
    items.sort(key=places.__getitem__)


def prepare(request: pytest.FixtureRequest) -> None:
    """Before a test's own transaction begins: the rows that it stands on are there, and no others."""
    builds = wanted(request.node)
    if not builds and not _open:
        return
    request.getfixturevalue("django_db_setup")
    blocker = request.getfixturevalue("django_db_blocker")
    with blocker.unblock():
        if connection.closed_in_transaction:  # by a test
            _close_down_to(0)
        same = [layer.build is build for layer, build in zip(_open, builds, strict=False)]
        _close_down_to(([*same, False]).index(False))
        if builds and not _open:
            # After the file's other fixtures: what was opened last is closed first.
            request.session._setupstate.addfinalizer(
                lambda: _close_all(blocker), request.node.getparent(pytest.Module)
            )
        for build in builds[len(_open) :]:
            _make(build)


def _make(build: Callable[[], Any]) -> None:
    if not _open:
        # A response that a test closes would close the connection too.
        _undisturbed.enter_context(own_transaction())
    block = transaction.atomic()
    block.__enter__()
    _open.append(_Layer(build, None, block, len(connection.savepoint_ids)))
    try:
        with reaching_all():
            _open[-1].made = build()
    except BaseException:
        _close_down_to(len(_open) - 1)
        raise


def _close_down_to(count: int) -> None:
    while len(_open) > count:
        _close()
    if not _open:
        _undisturbed.close()


def _close() -> None:
    layer = _open.pop()
    if len(connection.savepoint_ids) != layer.depth:
        raise RuntimeError(
            "a fixture of the file has opened a transaction within kept rows: keep its rows as well"
        )
    transaction.set_rollback(True)
    layer.block.__exit__(None, None, None)


def _close_all(blocker: Any) -> None:
    with blocker.unblock():
        _close_down_to(0)
