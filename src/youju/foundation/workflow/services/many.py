"""Many records at once: the same step with hundreds, in a handful of statements; all of them, or none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from youju.foundation.audit.services import record_many
from youju.foundation.identity.permissions import Permission
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow import events, flows
from youju.foundation.workflow.models import Case, Step
from youju.foundation.workflow.selectors.choosing import choose_hat
from youju.foundation.workflow.services.keeping import bound_to, limit_of, line_of, table_of, worded
from youju.foundation.workflow.services.moving import step_from
from youju.foundation.workflow.services.naming import named
from youju.foundation.workflow.standing_in import Hat, hats
from youju.rules.workflow import DueDay, Flow

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def start_many(
    *,
    flow: Flow,
    subjects: Sequence[Subject],
    actor: User,
    organisations: Mapping[str, str] | None = None,
    waits_at: Sequence[str] = (),
    due: Mapping[str, date] | None = None,
    assigned: Mapping[str, User] | None = None,
) -> int:
    """Put many records at the beginning of a flow; how many. ``organisations``: a record's key → code of whose it is.

    ``waits_at``: codes of the organisations whose people they wait for; none: whoever holds the state's permission.
    ``due``: a record's key → a day in place of the one by policy; it may lie behind, where what was planned is written down late.
    ``assigned``: a record's key → who alone is to act.

    Raises:
        InputError: one of them is in a flow already (409); then none is started.
    """
    now = timezone.now()
    table = flows.flow_on(flow.code, timezone.localdate())
    state = table.state(table.initial)
    limit = limit_of(state, None)
    rows = [
        Case(
            subject_kind=each.kind,
            subject_key=each.key,
            label=each.label,
            flow=table.code,
            flow_since=table.since,
            state=state.code,
            waiting_for=state.permission,
            waits_at=sorted(waits_at),
            assigned_to=bound_to((assigned or {}).get(each.key))[0],
            assigned_name=bound_to((assigned or {}).get(each.key))[1],
            organisation=(organisations or {}).get(each.key, ""),
            started_by=actor.username,
            started_name=actor.display_name,
            entered_at=now,
            due_on=(due or {}).get(each.key, limit.day if limit else None),
            due_provisional=bool(limit and limit.provisional and each.key not in (due or {})),
        )
        for each in subjects
    ]
    try:
        with transaction.atomic():
            Case.objects.bulk_create(rows)
    except IntegrityError as error:
        raise InputError("其中有的已经在办理中", how="请刷新页面", status=409) from error
    own = Hat.of(actor)
    Step.objects.bulk_create(line_of(row, own, actor, "start", "", state, "", now, 1) for row in rows)
    told = [{"flow": table.title, "state": state.label, "due_on": row.due_on} for row in rows]
    with named(actor):
        record_many(events.STARTED, [(each, None, facts) for each, facts in zip(subjects, told, strict=True)])
    return len(rows)


@transaction.atomic
def advance_many(
    *,
    flow: Flow,
    subjects: Iterable[Subject],
    transition: str,
    actor: User,
    reason: str = "",
    for_everybody: bool = False,
) -> int:
    """Take one step with each of many records of a kind, as ``advance`` does with one; how many. Labels stay as they are, and so
    do the organisations for whose people they wait; ``for_everybody``: they wait for whoever holds the state's permission.

    Raises:
        InputError, PermissionDenied: as ``advance``, for the first record with which the step may not be taken; then it is
            taken with none.
    """
    wanted = {each.key: each for each in subjects}
    kinds = {each.kind for each in wanted.values()}
    rows = list(
        Case.objects.select_for_update()
        .filter(subject_kind__in=kinds, subject_key__in=wanted, flow=flow.code)
        .prefetch_related("steps")
        .order_by("pk")
    )
    if len(rows) != len(wanted):
        raise InputError("其中有的不在办理中", how="请刷新页面", status=404)
    worn, now, reason = hats(actor), timezone.now(), worded(reason)
    limits: dict[tuple[object, str], DueDay | None] = {}
    lines: list[Step] = []
    deeds: dict[tuple[str, str], list[tuple[Subject, dict[str, object], dict[str, object]]]] = defaultdict(
        list
    )
    verbs = {}
    for row in rows:
        table = table_of(row)
        step = step_from(table, row, transition, "")
        steps = list(row.steps.all())
        hat, why = choose_hat(worn, table, step, row, steps, actor)
        if hat is None:
            label = Permission(step.permission).label
            raise PermissionDenied(f"“{row.label}”：{why or f'您的账号没有“{label}”的权限'}。")
        if step.reason_required and not reason:
            raise InputError(
                f"{step.label}须写明理由", where="理由", how="请写一句话，对方会看到", status=422
            )
        before, state = table.state(row.state), table.state(step.target)
        if (table.since, state.code) not in limits:
            limits[table.since, state.code] = limit_of(state, None)
        limit = limits[table.since, state.code]
        if step.returns:
            row.round += 1
        number = steps[-1].number + 1 if steps else 1
        lines.append(line_of(row, hat, actor, step.code, before.code, state, reason, now, number))
        row.state, row.entered_at, row.waiting_for = state.code, now, state.permission
        row.due_on, row.due_provisional = (limit.day, limit.provisional) if limit else (None, False)
        row.finished_at = now if state.final else None
        verb = flows.verb_of(table, step)
        verbs[verb.code] = verb
        deeds[verb.code, hat.on_behalf_of].append(
            (
                Subject(row.subject_kind, row.subject_key, row.label),
                {"state": before.label},
                {"state": state.label, "due_on": row.due_on},
            )
        )
    Step.objects.bulk_create(lines)
    _store(rows, for_everybody=for_everybody)
    for (code, on_behalf_of), told in deeds.items():
        with named(actor, on_behalf_of):
            record_many(verbs[code], told, reason=reason)
    return len(rows)


def _store(rows: Sequence[Case], *, for_everybody: bool) -> None:
    """Write moved cases: one statement for all that came to stand alike, instead of a line of SQL for each."""
    alike: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for row in rows:
        alike[
            row.round,
            row.state,
            row.entered_at,
            row.waiting_for,
            row.due_on,
            row.due_provisional,
            row.finished_at,
        ].append(row.pk)
    names = ("round", "state", "entered_at", "waiting_for", "due_on", "due_provisional", "finished_at")
    freed: dict[str, list[str]] = {"waits_at": []} if for_everybody else {}
    for values, keys in alike.items():
        Case.objects.filter(pk__in=keys).update(
            **dict(zip(names, values, strict=True)), **freed, assigned_to="", assigned_name=""
        )
