"""The trail names the actor even where no edge has set the context: a test, a loader."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from youju.foundation.kernel.context import acting, current

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@contextmanager
def named(actor: User, on_behalf_of: str = "") -> Iterator[None]:
    """Within the block the context names the actor, and for whom the actor stands in."""
    who = {} if current().actor else {"actor": actor.username, "actor_name": actor.display_name}
    with acting(**who, on_behalf_of=on_behalf_of):
        yield
