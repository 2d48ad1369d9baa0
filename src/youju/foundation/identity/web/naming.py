"""A user as the context of an action names one."""

from __future__ import annotations

from typing import Any

from youju.foundation.identity.reaching import reads_of, writes_of


def who(user: Any) -> dict[str, str]:
    """Fields for ``kernel.context.acting``."""
    return {
        "actor": user.username,
        "actor_name": user.display_name,
        "organisation": user.organisation.code,
        "reads": reads_of(user),
        "writes": writes_of(user),
    }
