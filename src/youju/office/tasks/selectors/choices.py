"""What forms and filters offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Func

from youju.foundation.identity.permissions import Permission, permissions_of, roles_with
from youju.foundation.identity.selectors import colleagues
from youju.office.tasks.models import Task

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_MOST = 200


def people_who(actor: User, permission: Permission) -> list[tuple[str, str]]:
    """Username and name of everybody inside who holds a permission. One query."""
    roles = [role.value for role in roles_with(permission)]
    rows = colleagues(actor=actor, everybody=True).filter(roles__overlap=roles)
    return [(row.username, row.display_name) for row in rows if permission in permissions_of(row)]


def tags_in_use() -> list[str]:
    """Every tag that some task carries, by the alphabet. One query."""
    rows = Task.objects.annotate(tag=Func("tags", function="unnest")).order_by()
    return sorted(rows.values_list("tag", flat=True).distinct()[:_MOST])


def project_codes() -> list[str]:
    """Every project code that some task names. One query."""
    rows = Task.objects.exclude(project="").order_by().values_list("project", flat=True)
    return sorted(rows.distinct()[:_MOST])
