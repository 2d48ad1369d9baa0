"""Whether this database holds the demo year or real data: decided once, kept by the database."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet, Subquery

from youju.foundation.identity.models import Installation, Organisation, User
from youju.foundation.kernel.errors import InputError


def mode() -> Installation.Mode | None:
    """The mode, or ``None`` before the first load."""
    row = Installation.objects.first()
    return Installation.Mode(row.mode) if row else None


def demo_mode() -> bool:
    """Whether this database holds the demo year."""
    return mode() is Installation.Mode.DEMO


def with_mode(users: QuerySet[User]) -> QuerySet[User]:
    """The users, each with the mode beside it: what every request asks about its user costs no query of its own."""
    return users.annotate(installation_mode=Subquery(Installation.objects.values("mode")[:1]))


def mode_beside(user: User) -> Installation.Mode | None:
    """The mode that ``with_mode`` put beside the user; asked for where it did not."""
    if not hasattr(user, "installation_mode"):
        return mode()
    return Installation.Mode(user.installation_mode) if user.installation_mode else None


@transaction.atomic
def claim(wanted: Installation.Mode) -> None:
    """Keep the database for demo or for real data, for good.

    Raises:
        InputError: it is kept for the other, or holds accounts from before it was kept for anything.
    """
    held = mode()
    if held is None and wanted is Installation.Mode.DEMO and _holds_accounts():
        held = Installation.Mode.REAL
    if held is None:
        # Two that start at once: the second waits here, then reads what the first wrote.
        row, _ = Installation.objects.get_or_create(id=1, defaults={"mode": wanted})
        held = Installation.Mode(row.mode)
    if held is wanted:
        return
    if wanted is Installation.Mode.DEMO:
        raise InputError(
            "这个数据库里已有正式数据，不能再装入演示数据",
            how="请用 YOUJU_VAR 或 YOUJU_DATABASE_URL 另指一个空库再演示",
            status=409,
        )
    raise InputError(
        "这个数据库里装的是演示数据，不能用于正式工作",
        how="请用 YOUJU_VAR 或 YOUJU_DATABASE_URL 另指一个空库",
        status=409,
    )


def _holds_accounts() -> bool:
    return User.objects.exists() or Organisation.objects.exists()
