"""Reads of personal data that leave a line on the trail."""

from __future__ import annotations

from django.db import transaction

from youju.foundation.audit.services import record_read
from youju.foundation.identity import events
from youju.foundation.identity.models import User
from youju.foundation.identity.permissions import Permission, require
from youju.foundation.kernel.subjects import Subject

ACCOUNT_LIST = Subject("identity.user", "all", "账号清单")
_LONGEST = 500


@transaction.atomic
def note_list_export(*, actor: User, filters: str) -> None:
    """The list of accounts was handed out as a file; ``filters`` is the query it was narrowed by.

    Raises:
        PermissionDenied: the actor may not see users.
    """
    require(actor, Permission.USERS_VIEW)
    record_read(events.LIST_EXPORTED, ACCOUNT_LIST, fields=[filters[:_LONGEST]])
