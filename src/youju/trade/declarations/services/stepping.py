"""Steps of a declaration that people take by its code: ``enter`` and ``withdraw``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from django.db import transaction

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.services import advance
from youju.rules.trade.declarations.lifecycle import DECLARATION_FLOW
from youju.trade.declarations import events, permissions
from youju.trade.declarations.models import Declaration, SourceLine
from youju.trade.declarations.services.messages import sendable
from youju.trade.declarations.services.refusing import held_declaration, saved, subject_of
from youju.trade.declarations.services.waiting import codes_for

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


class Step(Protocol):
    """What takes a step with a declaration: keyword-only, like the services here."""

    def __call__(
        self, *, actor: User, key: str, reason: str = "", expected: int | None = None
    ) -> Declaration: ...


def step_declaration(
    *, actor: User, key: str, step: str, reason: str = "", expected: int | None = None
) -> Declaration:
    """Take the step of a code.

    Raises:
        InputError: no such step (404); else as the step itself.
        PermissionDenied: the actor may not take it.
    """
    if step not in STEPS:
        raise InputError(f"没有“{step[:20]}”这一步", how="请刷新页面", status=404)
    return STEPS[step](actor=actor, key=key, reason=reason, expected=expected)


@transaction.atomic
def enter(*, actor: User, key: str, reason: str = "", expected: int | None = None) -> Declaration:
    """Enter a planned declaration: its header is complete and its message valid against the schema.

    Raises:
        PermissionDenied: the actor may not plan, or takes no part.
        InputError: no such declaration (404); another state or changed (409); something is missing (422).
    """
    require(actor, permissions.PLAN)
    row = held_declaration(actor, key, expected)
    sendable(row)
    view = advance(
        flow=DECLARATION_FLOW,
        subject=subject_of(row),
        transition="enter",
        actor=actor,
        reason=reason,
        waits_at=codes_for(row),
    )
    row.state = view.state
    saved(row, "state")
    return row


@transaction.atomic
def withdraw(*, actor: User, key: str, reason: str = "", expected: int | None = None) -> Declaration:
    """Withdraw a declaration before it is released: its goods can be declared, or packed, elsewhere again.

    Raises:
        PermissionDenied: the actor may not plan, or takes no part.
        InputError: no such declaration (404); another state, changed, or corrected already (409); no reason (422).
    """
    require(actor, permissions.PLAN)
    row = held_declaration(actor, key, expected)
    if row.corrections.exists():
        raise InputError("它已经更正成了新版本", where=str(row), how="请撤销最新的版本", status=409)
    view = advance(
        flow=DECLARATION_FLOW, subject=subject_of(row), transition="withdraw", actor=actor, reason=reason
    )
    # Earlier versions let go as well, so that the goods can be taken out of their containers.
    sources = SourceLine.objects.filter(line__declaration__number=row.number)
    freed = sources.filter(live=True).count()
    sources.update(live=False, packed=None)
    row.state = view.state
    saved(row, "state")
    record(events.SOURCES_FREED, subject_of(row), {"lines": freed}, {"lines": 0})
    return row


STEPS: Mapping[str, Step] = {"enter": enter, "withdraw": withdraw}
"""Steps that people take from a declaration's page, by their codes; sending and customs' have services of their own."""
