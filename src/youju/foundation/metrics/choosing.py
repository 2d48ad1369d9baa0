"""Which engine answers: PostgreSQL for everybody, the others for who reaches every row."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied

from youju.analytics.engines import Engine
from youju.foundation.kernel.context import current
from youju.foundation.kernel.errors import InputError
from youju.foundation.metrics.postgres import PostgresEngine

LABELS = {"postgres": "实时（PostgreSQL）", "duckdb": "数据湖（DuckDB）", "spark": "各试点（Spark）"}
_MAKERS: dict[str, Callable[[], Engine]] = {}
_AT_THE_MACHINE: set[str] = set()


def register_engine(name: str, make: Callable[[], Engine], *, at_the_machine: bool = False) -> None:
    """Offer an engine over the lake; ``make`` raises :class:`InputError` where it cannot answer now.

    Args:
        at_the_machine: only commands may ask it: it takes too long to start for a page.
    """
    _MAKERS[name] = make
    if at_the_machine:
        _AT_THE_MACHINE.add(name)


def _offered() -> dict[str, Callable[[], Engine]]:
    by_command = current().channel == "command"
    return {name: make for name, make in _MAKERS.items() if by_command or name not in _AT_THE_MACHINE}


def engines_on_offer() -> dict[str, str]:
    """Name → label, of the engines that whoever acts now may ask."""
    lake = {name: LABELS[name] for name in _offered()} if reaches_all() else {}
    return {"postgres": LABELS["postgres"], **lake}


def engine_named(name: str) -> Engine:
    """An engine by name; empty means PostgreSQL.

    Raises:
        InputError: there is no such engine here, or it cannot answer now.
        PermissionDenied: the lake holds every party's rows, and the asker may not read all of them.
    """
    if name in {"", "postgres"}:
        return PostgresEngine()
    make = _offered().get(name)
    if make is None:
        offered = "、".join(["postgres", *_offered()])
        raise InputError(f"没有名为“{name}”的引擎", where="引擎", how=f"可以用 {offered}", status=422)
    if not reaches_all():
        raise PermissionDenied("数据湖里是全部单位的记录，您的账号只能看本单位的，请用实时引擎。")
    return make()


def reaches_all() -> bool:
    """Whether whoever acts now reads every row, so that a value is the centre's and not a part of it."""
    return current().reads == "all"
