"""A rejected declaration is corrected as a new version: the same goods, a life of its own; the rejected one stays as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import policy_hash
from youju.foundation.workflow.services import call_on, start_many
from youju.rules.trade.declarations.lifecycle import DECLARATION_FLOW, PLANNED, REJECTED
from youju.trade.declarations import events, permissions
from youju.trade.declarations.models import Declaration, DeclaredLine, SourceLine
from youju.trade.declarations.services.refusing import held_declaration, subject_of
from youju.trade.declarations.services.waiting import codes_for

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_ANEW = ("entry_number", "sequence_number", "rejection")
_TIMES = ("sent_at", "accepted_at", "released_at", "exported_at")


@transaction.atomic
def correct_declaration(*, actor: User, key: str, expected: int | None = None) -> Declaration:
    """Begin the next version of a rejected declaration, with its header, lines and goods; it is entered like a new one.

    Raises:
        PermissionDenied: the actor may not plan, or takes no part.
        InputError: no such declaration (404); it is not rejected, was changed or corrected already, or its goods stand in
            another one by now (409).
    """
    require(actor, permissions.PLAN)
    old = held_declaration(actor, key, expected)
    if old.state != REJECTED:
        label = DECLARATION_FLOW.state(old.state).label
        raise InputError(
            f"报关单现在是“{label}”，不用更正", where=str(old), how="只有被退单的才更正", status=409
        )
    if old.corrections.exists():
        raise InputError("它已经更正成了新版本", where=str(old), how="请打开最新的版本", status=409)
    lines = list(old.lines.order_by("g_no"))
    sources = list(SourceLine.objects.filter(line__declaration=old).order_by("pk"))
    if any(each.packed_id is None for each in sources):
        raise InputError("它的货已经放开", where=str(old), how="请重新分票", status=409)
    new = _copied(actor, old)
    old_subject = subject_of(old)
    SourceLine.objects.filter(line__declaration=old).update(live=False)
    try:
        with transaction.atomic():
            new.save()
            _copy_lines(new, lines, sources)
    except IntegrityError as error:
        raise InputError(
            "它的货已经在另一票报关单里", where=str(old), how="请看装箱单的报关单", status=409
        ) from error
    subject, waits = subject_of(new), codes_for(new)
    start_many(flow=DECLARATION_FLOW, subjects=[subject], actor=actor, waits_at=waits)
    call_on(flow=DECLARATION_FLOW, subject=old_subject, organisations=())
    told = ({"version": old.version, "rejection": old.rejection}, {"version": new.version})
    record(events.CORRECTED, subject, *told)
    record(events.CORRECTED, old_subject, *told)
    return new


def _copied(actor: User, old: Declaration) -> Declaration:
    new = Declaration.objects.get(pk=old.pk)
    new.pk, new._state.adding = None, True
    new.version, new.replaces, new.state, new.revision = old.version + 1, old, PLANNED, 0
    for name in _ANEW:
        setattr(new, name, "")
    for name in _TIMES:
        setattr(new, name, None)
    new.policy_hash, new.created_by = policy_hash(), actor.username
    new.created_at = new.changed_at = timezone.now()
    return new


def _copy_lines(new: Declaration, lines: list[DeclaredLine], sources: list[SourceLine]) -> None:
    made = {}
    for line in lines:
        key = line.pk
        line.pk, line._state.adding, line.declaration = None, True, new
        made[key] = line
    DeclaredLine.objects.bulk_create(lines)
    for source in sources:
        line = made[source.line_id]
        source.pk, source._state.adding, source.line, source.live = None, True, line, True
    SourceLine.objects.bulk_create(sources)
