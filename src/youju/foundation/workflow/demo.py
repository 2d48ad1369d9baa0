"""Cases of example records with their whole history, written at once: they were never led through the flow here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from youju.foundation.database.blocks import reserve
from youju.foundation.database.copying import write
from youju.foundation.workflow.models import Case, Step
from youju.foundation.workflow.walks import Walk

_CASE = (
    "id", "subject_kind", "subject_key", "label", "flow", "flow_since", "state", "round", "waiting_for", "waits_at",
    "assigned_to", "assigned_name", "organisation", "started_by", "started_name", "started_at", "entered_at", "due_on",
    "finished_at",
)  # fmt: skip
_STEP = (
    "case_id", "number", "round", "transition", "from_state", "to_state", "by", "by_name", "at", "reason", "due_on",
    "working_days", "within_limit",
)  # fmt: skip


def write_cases(kind: str, cases: Iterable[tuple[str, str, str, Walk]]) -> int:
    """Write cases and their logs; how many. Within the caller's transaction; for a few thousand at a time.

    Args:
        kind: of the records, as in ``Subject.kind``.
        cases: key and label of the record, code of its organisation, its way.
    """
    every = list(cases)
    first = reserve(Case._meta.db_table, len(every))
    write(Case, _CASE, (_case(kind, first + place, each) for place, each in enumerate(every)))
    write(Step, _STEP, (step for place, each in enumerate(every) for step in _steps(first + place, each[3])))
    return len(every)


def _case(kind: str, number: int, case: tuple[str, str, str, Walk]) -> dict[str, Any]:
    key, label, organisation, walk = case
    return {
        "id": number,
        "subject_kind": kind,
        "subject_key": key,
        "label": label,
        "flow": walk.flow.code,
        "flow_since": walk.flow.since,
        "state": walk.state,
        "round": walk.round,
        "waiting_for": walk.waiting_for,
        "waits_at": list(walk.waits_at or ()),
        "assigned_to": walk.assigned[0] if walk.waiting_for else "",
        "assigned_name": walk.assigned[1] if walk.waiting_for else "",
        "organisation": organisation,
        "started_by": walk.starter[0],
        "started_name": walk.starter[1],
        "started_at": walk.began,
        "entered_at": walk.entered,
        "due_on": None if walk.waits_at == () else walk.due_on,
        "finished_at": walk.finished,
    }


def _steps(case: int, walk: Walk) -> Iterable[dict[str, Any]]:
    for step in walk.steps:
        yield {
            "case_id": case,
            "number": step.number,
            "round": step.round,
            "transition": step.transition,
            "from_state": step.source,
            "to_state": step.target,
            "by": step.by,
            "by_name": step.by_name,
            "at": step.at,
            "reason": step.reason,
            "due_on": step.due_on,
            "working_days": step.working_days,
            "within_limit": step.within_limit,
        }
