"""Records of the registers: found, for lists and for services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.office.base import permissions
from youju.office.base.models import MODELS, Document
from youju.office.base.registers import REGISTERS, Register
from youju.office.base.selectors.standing import STATES, stands
from youju.rules.office.base.kinds import DOCUMENTS, PLATFORMS
from youju.rules.office.base.lifecycle import OPEN

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class RecordFilter:
    """What narrows a list. ``year``: of the day by which the register is listed; ``late``: platform projects past their day."""

    text: str = ""
    kind: str = ""
    state: str = ""
    year: int | None = None
    project: str = ""
    late: bool = False


def register_of(code: str) -> Register:
    """A register.

    Raises:
        InputError: there is none of the code (404).
    """
    found = REGISTERS.get(code)
    if found is None:
        raise InputError("没有这种记录", how="请回到基地与支持政策", status=404)
    return found


def records(actor: User, register: str, wish: RecordFilter | None = None) -> QuerySet[Any]:
    """The records of a register; ``wish`` narrows them.

    Raises:
        PermissionDenied: the actor sees no base.
        InputError: there is no such register (404).
    """
    require(actor, permissions.VIEW)
    declared, today = register_of(register), timezone.localdate()
    wish = wish or RecordFilter()
    rows: QuerySet[Any] = MODELS[register]._default_manager.all()
    for word in wish.text.replace("\0", "").split():
        rows = rows.filter(Q(number__icontains=word) | Q(title__icontains=word) | Q(holder__icontains=word))
    if wish.kind:
        rows = rows.filter(kind=wish.kind)
    if wish.state in STATES[register]:
        rows = rows.filter(stands(register, wish.state, today))
    elif wish.state:
        rows = rows.none()
    if wish.year:
        first, last = date(wish.year, 1, 1), date(wish.year, 12, 31)
        rows = rows.filter(**{f"{declared.order}__gte": first, f"{declared.order}__lte": last})
    if wish.project and register in (DOCUMENTS, PLATFORMS):
        rows = rows.filter(project=wish.project)
    if wish.late and register == PLATFORMS:
        rows = rows.filter(state__in=OPEN, due_on__lt=today)
    return rows


def record_of(actor: User, register: str, record_id: int) -> Any:
    """A record.

    Raises:
        PermissionDenied: the actor sees no base.
        InputError: there is none (404).
    """
    require(actor, permissions.VIEW)
    register_of(register)
    rows = MODELS[register]._default_manager
    found = rows.filter(pk=record_id).first() if record_id <= _LARGEST else None
    if found is None:
        raise InputError(f"没有这条{REGISTERS[register].noun}", how="请回到列表", status=404)
    return found


def in_force(actor: User, day: date) -> QuerySet[Document]:
    """The policy documents in force on a day.

    Raises:
        PermissionDenied: the actor sees no base.
    """
    require(actor, permissions.VIEW)
    return Document.objects.filter(stands(DOCUMENTS, "in_force", day))
