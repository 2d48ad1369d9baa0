"""The kinds of records whose changes of state are announced, as the rooms register them, and the types of events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

TEST = "webhooks.test"


@dataclass(frozen=True, slots=True)
class Kind:
    """Records that are announced.

    Args:
        code: fixed for good; the first part of its events' types, as in ``orders.order.confirmed``.
        label: Chinese.
        states: code → label of every state, in the usual order.
        address: where the API gives the record, with ``{number}`` or ``{key}`` in it.
    """

    code: str
    label: str
    states: Mapping[str, str]
    address: str

    @property
    def types(self) -> list[tuple[str, str]]:
        """Each type of event with its words."""
        return [(f"{self.code}.{code}", f"{self.label}：{label}") for code, label in self.states.items()]


_kinds: dict[str, Kind] = {}


def register_announced(code: str, label: str, *, states: Mapping[str, str], address: str) -> None:
    """Make a kind known; call it in ``AppConfig.ready``. Its table is announced by a migration (``announcing.announce``)."""
    _kinds[code] = Kind(code, label, dict(states), address)


def kinds() -> list[Kind]:
    """Every kind, by code."""
    return [_kinds[code] for code in sorted(_kinds)]


def types() -> dict[str, str]:
    """Every type that an endpoint may choose, with its words."""
    return {code: words for kind in kinds() for code, words in kind.types}


def words_of(found: Iterable[str]) -> list[str]:
    """The words of types; one that this program no longer knows stays as it is."""
    known = types() | {TEST: "测试通知"}
    return [known.get(each, each) for each in found]


def address_of(kind: str, key: str, number: str) -> str:
    """Where the API gives a record; empty for a kind that has no address."""
    found = _kinds.get(kind)
    return found.address.format(key=key, number=number or key) if found else ""
