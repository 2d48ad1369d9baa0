"""Persons' months, months and agreements: found, for lists and for services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.office.staff import permissions
from youju.office.staff.models import Agreement, StaffLine, StaffMonth
from youju.rules.office.staff.months import named

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class LineFilter:
    """What narrows the list. ``year``: a year's months; ``only``: ``unpaid`` (due and not paid in full), ``late`` (paid after
    the day), ``off`` (not on the payroll), ``corrected``.
    """

    text: str = ""
    month: date | None = None
    year: int | None = None
    section: str = ""
    contract: str = ""
    project: str = ""
    only: str = ""


def lines(actor: User, wish: LineFilter | None = None) -> QuerySet[StaffLine]:
    """Persons' months as they are current; ``wish`` narrows them.

    Raises:
        PermissionDenied: the actor sees no staff.
    """
    require(actor, permissions.VIEW)
    wish, rows = wish or LineFilter(), StaffLine.objects.filter(current=True)
    for word in wish.text.replace("\0", "").split():
        rows = rows.filter(
            Q(person__icontains=word) | Q(position__icontains=word) | Q(agency__icontains=word)
        )
    if wish.month:
        rows = rows.filter(month=wish.month.replace(day=1))
    if wish.year:
        rows = rows.filter(month__gte=date(wish.year, 1, 1), month__lte=date(wish.year, 12, 1))
    for name in ("section", "contract", "project"):
        if value := getattr(wish, name):
            rows = rows.filter(**{name: value})
    if wish.only == "unpaid":
        rows = rows.filter(paid__lt=F("due"), due_on__lt=timezone.localdate())
    elif wish.only == "late":
        rows = rows.filter(paid_on__gt=F("due_on"))
    elif wish.only == "off":
        rows = rows.filter(on_payroll=False)
    elif wish.only == "corrected":
        rows = rows.filter(version__gt=1)
    return rows


def agreements(actor: User) -> QuerySet[Agreement]:
    """What contracts agree.

    Raises:
        PermissionDenied: the actor sees no staff.
    """
    require(actor, permissions.VIEW)
    return Agreement.objects.all()


def line_of(actor: User, line_id: int) -> StaffLine:
    """A person's month in one version.

    Raises:
        PermissionDenied: the actor sees no staff.
        InputError: there is none (404).
    """
    require(actor, permissions.VIEW)
    found = StaffLine.objects.filter(pk=line_id).first() if line_id <= _LARGEST else None
    if found is None:
        raise InputError("没有这一行", how="请回到人月明细", status=404)
    return found


def month_of(actor: User, month: date) -> StaffMonth:
    """A month.

    Raises:
        PermissionDenied: the actor sees no staff.
        InputError: there is none (404).
    """
    require(actor, permissions.VIEW)
    found = StaffMonth.objects.filter(month=month).first()
    if found is None:
        raise InputError(f"{named(month)} 没有派遣人员月表", how="请回到派遣人员总览", status=404)
    return found


def agreement_of(actor: User, agreement_id: int) -> Agreement:
    """What a contract agrees.

    Raises:
        PermissionDenied: the actor sees no staff.
        InputError: there is none (404).
    """
    require(actor, permissions.VIEW)
    found = Agreement.objects.filter(pk=agreement_id).first() if agreement_id <= _LARGEST else None
    if found is None:
        raise InputError("没有这条派遣约定", how="请回到派遣约定", status=404)
    return found
