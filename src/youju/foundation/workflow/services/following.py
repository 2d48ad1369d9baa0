"""What another authority did with a record, as its message tells it: no step of one of our people, yet a step on the way."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow.selectors.views import CaseView, view
from youju.foundation.workflow.services.calling import moved
from youju.foundation.workflow.services.keeping import limit_of, locked, table_of
from youju.rules.workflow import Flow


@transaction.atomic
def follow(
    *,
    flow: Flow,
    subject: Subject,
    transition: str,
    source: str,
    reason: str = "",
    waits_at: Sequence[str] | None = None,
) -> CaseView:
    """Take a step that another authority has taken, as its message says.

    Args:
        flow: names the flow.
        subject: the record; its label becomes the case's.
        transition: a step that the table marks ``outside``.
        source: who told it, in Chinese; stands in the log in place of a name.
        reason: the message's own words.
        waits_at: as in ``advance``.

    Raises:
        InputError: the record is in no flow (404), or the step does not lead on from where it stands (409).
        ValueError: the step is not one that a message may take (a fault of the program).
    """
    row = locked(subject, flow)
    table = table_of(row)
    step = table.transition(transition)
    if not step.outside:
        raise ValueError(f"{transition} is not taken by a message")
    moved(row, table, step, subject, reason=reason, source=source, label=subject.label, waits_at=waits_at)
    return view(row)


@transaction.atomic
def ask_for_hands(*, flow: Flow, subject: Subject) -> CaseView:
    """Let a record that waited for nobody wait for whoever holds the permission of its state, from now on.

    For what was expected from outside and has not come; counting begins today. The calling service writes down why.

    Raises:
        InputError: the record is in no flow (404), or at its end (409).
    """
    row = locked(subject, flow)
    if row.finished_at:
        raise InputError(f"“{row.label}”已经办结", how="请刷新页面", status=409)
    state = table_of(row).state(row.state)
    limit = limit_of(state, None)
    row.waiting_for, row.waits_at = state.permission, []
    row.due_on, row.due_provisional = (limit.day, limit.provisional) if limit else (None, False)
    row.save()
    return view(row)
