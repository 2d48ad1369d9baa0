"""What stands on a party and moves with it when two are made one. Rooms above register how their rows move.

::

    register_mover("goods", "商品", move=goods.move, move_back=goods.move_back, count=goods.count, later=goods.later)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from youju.trade.parties.models import Party

Kept = Mapping[str, Any]


class Later(Protocol):
    """Why what moved can no longer be moved back."""

    def __call__(self, kept: Kept, *, source: int, target: int) -> str:
        """A Chinese sentence without full stop; empty: it can."""


@dataclass(frozen=True, slots=True)
class Mover:
    """One kind of rows.

    Args:
        kind: fixed for good; stored with each merge.
        title: what people call the rows.
        move: from the party ``source`` to ``target``; gives JSON-able facts for ``move_back``, enough to restore exactly.
        move_back: from those facts.
        count: how many rows stand on a party, for the lists of consequences.
        later: looked at before anything is moved back.
        url: where the rows of a party are listed, for links from its page; ``None``: they stand on the page itself.
    """

    kind: str
    title: str
    move: Callable[[int, int], Kept]
    move_back: Callable[[Kept], None]
    count: Callable[[int], int]
    later: Later
    url: Callable[[Party], str] | None = None


def _never(kept: Kept, *, source: int, target: int) -> str:  # noqa: ARG001 - the signature of Later
    return ""


_movers: dict[str, Mover] = {}


def register_mover(
    kind: str,
    title: str,
    *,
    move: Callable[[int, int], Kept],
    move_back: Callable[[Kept], None],
    count: Callable[[int], int],
    later: Later = _never,
    url: Callable[[Party], str] | None = None,
) -> None:
    """Make a kind of rows known; call it in ``AppConfig.ready``. A second one of the kind replaces the first."""
    _movers[kind] = Mover(kind, title, move, move_back, count, later, url)


def movers() -> tuple[Mover, ...]:
    """Every kind, in the order of registration: this room's own first."""
    return tuple(_movers.values())


def mover(kind: str) -> Mover | None:
    """The mover of a kind; ``None`` when this program no longer knows it."""
    return _movers.get(kind)
