"""Opening the case of an objection: under the name of whoever is logged in, for a stranger under the public's."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow.services import start
from youju.rules.funds.claims.lifecycle import OBJECTION_FLOW

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class Stranger:
    """Somebody without an account, as the workflow writes them down: no name, no permission."""

    username: str = ""
    display_name: str = "社会公众"
    roles: tuple[str, ...] = ()
    is_active: bool = True
    is_authenticated: bool = False
    organisation: Any = field(default_factory=lambda: SimpleNamespace(code=""))


def open_case(subject: Subject, actor: User | None) -> None:
    """Put an objection onto the to-do list of who publicises."""
    start(flow=OBJECTION_FLOW, subject=subject, actor=actor or cast("User", Stranger()))
