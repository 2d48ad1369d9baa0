"""The registry of what can be sampled and what a finding can be tied to. A room joins with one registration.

``register_population`` is called in ``apps.py``, once a kind of record; sampling, working papers, findings, imports and pages
know no room by name. The functions ask the room's selectors, with the permissions and the reach of whoever asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from youju.foundation.audit.subjects import kind_of
from youju.foundation.kernel.errors import InputError

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class Record:
    """A record: its key (as in ``Subject.key``), what people call it, its amount in CNY or ``None`` where it has none.

    ``number`` is what people write to name it; empty where that is the key.
    """

    key: str
    label: str
    amount: Decimal | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class Population:
    """A kind of records.

    Args:
        code: fixed for good, English.
        label: in Chinese.
        kind: as in ``Subject.kind``; its page is the one that the kind was registered with.
        day: which day of a record decides whether it belongs to a period, in Chinese.
        rows: the records of a period (both days included), of a funded project where one is named by its code.
        find: one record by its key, or ``None``.
        named: one record by the number that people write, or ``None``; for imports and forms.
    """

    code: str
    label: str
    kind: str
    day: str
    rows: Callable[[User, date, date, str], Iterable[Record]]
    find: Callable[[User, str], Record | None]
    named: Callable[[User, str], Record | None]


_populations: dict[str, Population] = {}


def register_population(population: Population) -> None:
    """Make it known; a second one of the same code replaces the first."""
    _populations[population.code] = population


def populations() -> tuple[Population, ...]:
    """All of them, in the order of their registration."""
    return tuple(_populations.values())


def population_of(code: str) -> Population:
    """The one with the code.

    Raises:
        InputError: there is none.
    """
    found = _populations.get(code)
    if found is None:
        raise InputError("没有这种记录", where="总体", how="请从列表里选择")
    return found


def population_of_kind(kind: str) -> Population | None:
    """The one whose records are of a kind, or ``None``."""
    return next((each for each in _populations.values() if each.kind == kind), None)


def record_page(kind: str, key: str) -> str | None:
    """Where a record is shown."""
    return kind_of(kind).page(key) if kind else None


def record_kind_name(kind: str) -> str:
    """What a kind of records is called in Chinese; empty for none."""
    return kind_of(kind).name if kind else ""
