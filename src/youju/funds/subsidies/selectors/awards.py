"""Awards for whoever looks at them one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from youju.foundation.identity.permissions import require
from youju.funds.subsidies import permissions
from youju.funds.subsidies.models import Award

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


def awards(actor: User) -> QuerySet[Award]:
    """What was decided, with the application; row-level security says whose.

    Raises:
        PermissionDenied: the actor sees no applications of others.
    """
    require(actor, permissions.VIEW_CLAIMS)
    return Award.objects.select_related("application")
