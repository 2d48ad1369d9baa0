"""Records entered and put right; what a document repeals is noted at the other document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.encoding import changes
from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.services import start
from youju.office.base import events, permissions
from youju.office.base.facts import facts_of, missing_numbers
from youju.office.base.models import MODELS, Document
from youju.office.base.registers import REGISTERS
from youju.office.base.selectors.lists import record_of, register_of
from youju.office.base.services.refusing import checked
from youju.office.base.services.writing import put, repealing, told
from youju.rules.findings import Finding
from youju.rules.office.base.kinds import DOCUMENTS, PLATFORMS
from youju.rules.office.base.lifecycle import OPEN, PLATFORM_FLOW

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class Registered:
    """The record, and what the rules said besides."""

    row: Any
    findings: Sequence[Finding]


@transaction.atomic
def register_record(
    *,
    actor: User,
    register: str,
    wish: Mapping[str, Any],
    record_id: int | None = None,
    revision: int | None = None,
) -> Registered:
    """Enter a record, or (with ``record_id``) put it right.

    Args:
        actor: who does it.
        register: which register.
        wish: values by the names of the register's fields; what is left out is left blank.
        record_id: of the record that is put right.
        revision: that the actor saw.

    Raises:
        PermissionDenied: the actor registers nothing of the base.
        InputError: none of the kind (404), changed meanwhile or no longer to be changed (409), something missing or too long.
        BaseRefusedError: what the rules found.
    """
    require(actor, permissions.EDIT)
    declared = register_of(register)
    row = MODELS[register](created_by=actor.username)
    if record_id is not None:
        row = locked(actor, register, record_id)
        if row.revision != revision:
            raise InputError(f"{row.number} 刚被改过", how="请刷新页面，看过最新内容再改", status=409)
        if register == PLATFORMS and row.state not in OPEN:
            raise InputError(f"{row.number} 已经提交验收或结束", how="不能再改", status=409)
    before = told(declared, row) if row.pk else {}
    number = row.number
    put(declared, row, wish)
    found = _checked(register, row)
    gone, new = changes(before, told(declared, row))
    if row.pk is None:
        row.save(force_insert=True)
        begun(register, row, actor)
        record(events.REGISTERED, declared.subject(row), None, new)
    elif gone or new:
        row.revision += 1
        if register == PLATFORMS:
            row.reminded_on = None
        row.save()
        record(events.CHANGED, declared.subject(row), gone, new)
    if repealing(declared):
        note_repeals([row], was=number)
        row.refresh_from_db()
    return Registered(row, found)


def _checked(register: str, row: Any) -> list[Finding]:
    others = MODELS[register]._default_manager.filter(number=row.number).exclude(pk=row.pk)
    unknown = missing_numbers(DOCUMENTS, getattr(row, "repeals", ()))
    return checked(
        facts_of(register, row, "register", timezone.localdate(), twice=others.exists(), unknown=unknown)
    )


def begun(register: str, row: Any, actor: User) -> None:
    """Put a new platform project at the beginning of its flow."""
    if register == PLATFORMS:
        subject = REGISTERS[register].subject(row)
        start(flow=PLATFORM_FLOW, subject=subject, actor=actor, organisation=actor.organisation.code)


def note_repeals(rows: Iterable[Document], was: str = "") -> None:
    """Write at each document by which other it is repealed, and from when, after these were written; ``was``: an old number."""
    for row in rows:
        old = Document.objects.filter(repealed_by__in={row.number, was} - {""}).exclude(
            number__in=row.repeals
        )
        old.update(repealed_by="", repealed_on=None)
        for other in Document.objects.filter(number__in=row.repeals).exclude(pk=row.pk):
            if (other.repealed_by, other.repealed_on) != (row.number, row.valid_from):
                before = {"repealed_by": other.repealed_by, "repealed_on": other.repealed_on}
                other.repealed_by, other.repealed_on = row.number, row.valid_from
                other.save(update_fields=["repealed_by", "repealed_on"])
                after = {"repealed_by": row.number, "repealed_on": row.valid_from}
                record(events.REPEALED, REGISTERS[DOCUMENTS].subject(other), before, after)
        by = Document.objects.filter(repeals__contains=[row.number]).exclude(pk=row.pk)
        first = by.order_by("valid_from", "pk").first()
        Document.objects.filter(pk=row.pk).update(
            repealed_by=first.number if first else "", repealed_on=first.valid_from if first else None
        )


def locked(actor: User, register: str, record_id: int) -> Any:
    """A record under lock.

    Raises:
        InputError: there is none (404).
    """
    seen = record_of(actor, register, record_id)
    return MODELS[register]._default_manager.select_for_update().get(pk=seen.pk)
