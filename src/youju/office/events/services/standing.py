"""Whether an enterprise may take part: the trade knows, and this room stands beside it, so a room above says whom to ask."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_asked: list[Callable[[User], bool]] = []


def register_standing(suspended: Callable[[User], bool]) -> None:
    """Say whom to ask whether an actor's organisation is suspended; call it in ``AppConfig.ready``. The last one counts."""
    _asked[:] = [suspended]


def is_suspended(actor: User) -> bool:
    """Whether the filing of the actor's organisation is suspended; never where nobody knows."""
    return any(ask(actor) for ask in _asked)
