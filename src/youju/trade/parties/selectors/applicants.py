"""Parties as the money side asks for them: by key, whatever their state, in the asker's reach."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from youju.foundation.kernel.errors import InputError
from youju.rules.trade.parties.lifecycle import APPROVED, SUSPENDED
from youju.trade.parties.models import Party

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class Applicant:
    """A party that may apply for a subsidy; ``pk`` is its key, ``filed_on`` the day on which its filing was approved."""

    pk: int
    number: str
    name: str
    credit_code: str
    roles: tuple[str, ...]
    sections: tuple[str, ...]
    organisation_id: int | None
    state: str
    filed_on: date | None
    valid_to: date | None


def applicant(party_id: int) -> Applicant:
    """A party by its key. One query.

    Raises:
        InputError: there is none in the asker's reach (404).
    """
    row = Party.objects.filter(pk=party_id).first()
    if row is None:
        raise InputError("没有这个主体", how="请回到列表重新选择", status=404)
    return _of(row)


def own_applicants(actor: User) -> list[Applicant]:
    """The filings of the actor's organisation that are on file, merged ones left out. One query."""
    rows = Party.objects.filter(
        organisation_id=actor.organisation_id, state__in=[APPROVED, SUSPENDED], merged_into=None
    )
    return [_of(row) for row in rows.order_by("pk")]


def applicants(ids: Iterable[int]) -> dict[int, Applicant]:
    """Parties by key, in the asker's reach. One query."""
    return {row.pk: _of(row) for row in Party.objects.filter(pk__in=set(ids))}


def _of(row: Party) -> Applicant:
    return Applicant(
        row.pk,
        row.number,
        row.name,
        row.credit_code,
        tuple(row.roles),
        tuple(row.sections),
        row.organisation_id,
        row.state,
        timezone.localdate(row.approved_at) if row.approved_at else None,
        row.valid_to,
    )


def applicants_in_role(
    role: str, *, ids: Iterable[int] | None = None, limit: int | None = None
) -> list[Applicant]:
    """Approved parties that hold a role, by key; only of the ids where some are given. In the asker's reach. One query."""
    rows = Party.objects.filter(state=APPROVED, merged_into=None, roles__contains=[role])
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    return [_of(row) for row in rows.order_by("pk")[:limit]]
