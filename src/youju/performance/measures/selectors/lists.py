"""Bindings, statements and freezings as lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.performance.measures import permissions
from youju.performance.measures.models import Adjustment, Attestation, Binding
from youju.rules.performance.measures.lifecycle import OPEN

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

NUL = "\0"
TABLES: dict[str, type[Attestation] | type[Adjustment]] = {
    "attestation": Attestation,
    "adjustment": Adjustment,
}


def bindings(
    *,
    actor: User,
    year: int | None = None,
    project: str = "",
    state: str = "",
    basis: str = "",
    text: str = "",
) -> QuerySet[Binding]:
    """Every binding that was ever made, replaced ones too.

    Raises:
        PermissionDenied: the actor may not see measures.
    """
    require(actor, permissions.VIEW)
    rows = Binding.objects.all()
    if year is not None:
        rows = rows.filter(fiscal_year=year)
    if project:
        rows = rows.filter(project=project.replace(NUL, ""))
    if state:
        rows = rows.filter(state=state)
    if basis:
        rows = rows.filter(basis=basis)
    for word in text.replace(NUL, "").split():
        rows = rows.filter(level3__icontains=word) | rows.filter(metric__icontains=word)
    return rows


def open_bindings(*, actor: User, most: int = 500) -> list[Binding]:
    """What waits to be confirmed or approved, in the order of the documents.

    Raises:
        PermissionDenied: the actor may not see measures.
    """
    require(actor, permissions.VIEW)
    return list(Binding.objects.filter(state__in=OPEN)[:most])


def signed(
    *, actor: User, kind: str, year: int | None = None, project: str = "", state: str = ""
) -> QuerySet[Attestation] | QuerySet[Adjustment]:
    """Statements or adjustments.

    Raises:
        PermissionDenied: the actor may not see measures.
        InputError: no such kind (404).
    """
    require(actor, permissions.VIEW)
    if kind not in TABLES:
        raise InputError("没有这一种说明", where="种类", how=f"可以写 {'、'.join(TABLES)}", status=404)
    rows = TABLES[kind].objects.all()
    if year is not None:
        rows = rows.filter(fiscal_year=year)
    if project:
        rows = rows.filter(project=project.replace(NUL, ""))
    return rows.filter(state=state) if state else rows


def signed_one(*, actor: User, kind: str, number: int) -> Attestation | Adjustment:
    """One statement or adjustment.

    Raises:
        PermissionDenied: the actor may not see measures.
        InputError: there is none (404).
    """
    found = signed(actor=actor, kind=kind).filter(pk=number).first()
    if found is None:
        raise InputError("没有这一份", where="编号", how="请回到清单", status=404)
    return found
