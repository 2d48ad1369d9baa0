"""A person's month put right: a new version, the old one kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.encoding import changes
from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.office.staff import events, permissions
from youju.office.staff.facts import line_facts, terms_of
from youju.office.staff.models import StaffLine
from youju.office.staff.selectors.lists import line_of
from youju.office.staff.services.batches import told
from youju.office.staff.services.months import locked_month, moved, still_open
from youju.office.staff.services.refusing import checked
from youju.office.staff.wishes import CORRECTED
from youju.rules.findings import Finding

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class Corrected:
    """The version that is current now, and what the rules said besides."""

    line: StaffLine
    findings: Sequence[Finding]


@transaction.atomic
def correct_line(
    *, actor: User, line_id: int, wish: Mapping[str, Any], version: int | None, reason: str
) -> Corrected:
    """Put a person's month right. Whoever corrects it does not close the month.

    Args:
        actor: who corrects.
        line_id: of the version that the actor saw.
        wish: new values by the names of ``wishes.CORRECTED``; what is left out stays.
        version: that the actor saw.
        reason: in words.

    Raises:
        PermissionDenied: the actor imports no staff.
        InputError: none of the kind (404), a closed month or a version that is no longer current (409), no reason, no change.
        StaffRefusedError: what the rules found.
    """
    require(actor, permissions.IMPORT)
    seen = line_of(actor, line_id)
    sheet = locked_month(seen.month)
    still_open(sheet)
    row = StaffLine.objects.select_for_update().get(pk=seen.pk)
    if not row.current or row.version != version:
        raise InputError(f"{row} 刚被更正过", how="请打开最新的版本再改", status=409)
    words = reason.replace("\0", "").strip()
    if not words:
        raise InputError("更正须写明理由", where="更正理由", how="请写一句话")
    given = {name: wish.get(name, getattr(row, name)) for name in CORRECTED}
    new = StaffLine(
        sheet=sheet,
        month=row.month,
        person=row.person,
        **{name: value.strip() if isinstance(value, str) else value for name, value in given.items()},
        version=row.version + 1,
        reason=words[:500],
        created_by=actor.username,
        is_demo=row.is_demo,
    )
    before, after = told(row), told(new)
    if before == after:
        raise InputError("没有改动", how="请改好再保存")
    found = checked(line_facts(new, "import", timezone.localdate(), terms_of([new.contract])))
    row.current = False
    row.save(update_fields=["current"])
    new.save(force_insert=True)
    moved(sheet, "correct", actor)
    sheet.save(update_fields=["state"])
    gone, fresh = changes(before, after)
    record(events.CORRECTED, events.line_subject(new), gone, fresh | {"version": new.version}, reason=words)
    return Corrected(new, found)
