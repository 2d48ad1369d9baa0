"""Who may act for whom: a substitute acts with what the absent person holds, and never with more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from youju.foundation.identity.permissions import Permission, permissions_of
from youju.foundation.workflow.models import Absence

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class Hat:
    """A way to act: one's own, or (``lent``) that of a person who is away."""

    person: User
    permissions: frozenset[Permission]
    lent: bool = False

    @classmethod
    def of(cls, person: User, *, lent: bool = False) -> Hat:
        """The person's hat, as it is now."""
        return cls(person, permissions_of(person), lent)

    @property
    def organisation(self) -> str:
        """The code of the person's organisation."""
        return self.person.organisation.code

    @property
    def on_behalf_of(self) -> str:
        """The absent person's username, or an empty string."""
        return self.person.username if self.lent else ""

    @property
    def on_behalf_of_name(self) -> str:
        """The absent person's name, or an empty string."""
        return self.person.display_name if self.lent else ""


def hats(user: User, day: date | None = None) -> tuple[Hat, ...]:
    """Every way in which the user may act today: oneself first, then for each absent colleague. One query."""
    if not user.is_active:
        return ()
    return (Hat.of(user), *(Hat.of(absent, lent=True) for absent in absent_colleagues(user, day)))


def absent_colleagues(user: User, day: date | None = None) -> list[User]:
    """The active users for whom the user stands in on the day."""
    day = day or timezone.localdate()
    rows = (
        Absence.objects.filter(substitute=user, first__lte=day, last__gte=day, ended_at__isnull=True)
        .select_related("user__organisation")
        .order_by("user__username")
    )
    return [row.user for row in rows if row.user.is_active]
