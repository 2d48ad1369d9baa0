"""Who took the last step with a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow.selectors import log_of

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


def hands_of(subject: Subject, actor: User) -> list[str]:
    """The actor, and whom the actor stood in for."""
    last = log_of(subject)[-1]
    return [each for each in (last.by or actor.username, last.on_behalf_of) if each]
