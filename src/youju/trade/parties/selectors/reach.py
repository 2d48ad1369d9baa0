"""Whose filings somebody sees and writes; row-level security is the second wall behind it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.reaching import reads_of
from youju.rules.trade.parties.lifecycle import DRAFT
from youju.trade.parties import permissions
from youju.trade.parties.models import Party

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


def of_centre(user: User) -> bool:
    """Whether the user sees filings as one of the centre (or the auditor), and not as a party."""
    return allowed(user, permissions.VIEW)


def visible(user: User) -> QuerySet[Party]:
    """The filings that the user may see.

    The centre sees what was handed in, staff that of their sections; what a party has begun and not handed in is its own.
    A party sees its own filings and, as an agent, its principals'.
    """
    rows = Party.objects.all()
    if of_centre(user):
        rows = rows.exclude(state=DRAFT, organisation__isnull=False, submitted_at__isnull=True)
        if reads_of(user) == "all":
            return rows
        return rows.filter(Q(sections=[]) | Q(sections__overlap=list(user.sections)))
    if not allowed(user, permissions.OWN):
        return rows.none()
    principals = RawSQL("SELECT youju_principals(%s)", [user.organisation_id])
    return rows.filter(Q(organisation_id=user.organisation_id) | Q(pk__in=principals))


def readable(user: User, ids: Iterable[int]) -> frozenset[int]:
    """Of some parties those whose files the user may open. One query."""
    return frozenset(visible(user).filter(pk__in=sorted(set(ids))).values_list("pk", flat=True))


def own(user: User) -> QuerySet[Party]:
    """The filings of the user's organisation."""
    if not allowed(user, permissions.OWN):
        return Party.objects.none()
    return Party.objects.filter(organisation_id=user.organisation_id)


def is_writer(user: User, party: Party) -> bool:
    """Whether the form of a filing is the user's to fill in: a party's own, or one that the counter took in."""
    if not allowed(user, permissions.FILE):
        return False
    if party.organisation_id is None:
        return of_centre(user)
    return not of_centre(user) and party.organisation_id == user.organisation_id
