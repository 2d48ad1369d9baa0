"""Reads of accounts and organisations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from youju.foundation.identity import installation, limits, lockout
from youju.foundation.identity.backends import may_log_in
from youju.foundation.identity.models import (
    ApiKey,
    Installation,
    LoginSession,
    Organisation,
    RecoveryCode,
    SecondFactor,
    User,
)
from youju.foundation.identity.permissions import Permission, require

ORGANISATION_KINDS: list[tuple[str, str]] = [(kind.value, kind.label) for kind in Organisation.Kind]
_STATES = {
    "open": Q(is_active=True),
    "closed": Q(is_active=False),
    "initial": Q(is_active=True, must_change_password=True),
}
USER_STATES = list(_STATES)


def sections() -> dict[str, str]:
    """The centre's sections (科室): code → name."""
    return limits.sections()


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account as a command prints it; ``roles`` are short codes, times are aware."""

    username: str
    display_name: str
    organisation: str
    roles: list[str]
    is_active: bool
    must_change_password: bool
    locked: bool
    second_factor: bool
    is_demo: bool
    is_service: bool
    last_login: datetime | None

    @property
    def state_label(self) -> str:
        """How it stands, in Chinese, as the page 用户 says it."""
        if not self.is_active:
            return "已停用"
        if self.locked:
            return "已锁定"
        if self.is_service:
            return "服务账号"
        return "未改初始密码" if self.must_change_password else "可以登录"


def users(*, actor: User, text: str = "", role: str = "", state: str = "") -> QuerySet[User]:
    """Accounts with their organisations.

    Args:
        actor: who asks.
        text: part of the username, the name or the organisation's name.
        role: a role's short code.
        state: ``open``, ``closed`` or ``initial`` (open, with an initial password).

    Raises:
        PermissionDenied: the actor may not see users.
    """
    require(actor, Permission.USERS_VIEW)
    return _users(text, role, state)


def accounts(*, text: str = "", role: str = "", state: str = "") -> Sequence[AccountLine]:
    """As ``users``, without an actor: for the administrator at the machine. Two queries."""
    locked = lockout.locked_usernames()
    return [
        AccountLine(
            username=row.username,
            display_name=row.display_name,
            organisation=row.organisation.name,
            roles=list(row.roles),
            is_active=row.is_active,
            must_change_password=row.must_change_password,
            locked=row.username in locked,
            second_factor=has_second_factor(row),
            is_demo=row.is_demo,
            is_service=row.is_service,
            last_login=row.last_login,
        )
        for row in _users(text, role, state).select_related("organisation", "second_factor")
    ]


def _users(text: str, role: str, state: str) -> QuerySet[User]:
    found = User.objects.select_related("organisation").order_by("username")
    if text:
        found = found.filter(
            Q(username__icontains=text)
            | Q(display_name__icontains=text)
            | Q(organisation__name__icontains=text)
        )
    if role:
        found = found.filter(roles__contains=[role])
    return found.filter(_STATES[state]) if state else found


def organisation_codes(ids: Iterable[int]) -> dict[int, str]:
    """The codes of organisations by their ids. One query."""
    return dict(Organisation.objects.filter(pk__in=list(ids)).values_list("pk", "code"))


def organisations(*, actor: User) -> QuerySet[Organisation]:
    """Every organisation with ``people``, the number of its accounts.

    Raises:
        PermissionDenied: the actor may not see users.
    """
    require(actor, Permission.USERS_VIEW)
    return Organisation.objects.annotate(people=Count("users")).order_by("name")


def colleagues(*, actor: User, everybody: bool = False) -> QuerySet[User]:
    """The open accounts of the actor's organisation, or of all of them: who can stand in for whom."""
    people = User.objects.filter(is_active=True, is_service=False)
    found = people.select_related("organisation").order_by("display_name", "pk")
    return found if everybody else found.filter(organisation_id=actor.organisation_id)


def still_here(usernames: Iterable[str]) -> set[str]:
    """Those of the usernames whose account is open. One query."""
    return set(
        User.objects.filter(username__in=set(usernames), is_active=True).values_list("username", flat=True)
    )


def key_owners(*, actor: User) -> QuerySet[User]:
    """As whom the actor may issue an API key: every open service account, and the actor.

    Raises:
        PermissionDenied: the actor may not manage keys.
    """
    require(actor, Permission.API_KEYS_MANAGE)
    rows = User.objects.filter(Q(is_service=True, is_active=True) | Q(pk=actor.pk))
    return rows.select_related("organisation").order_by("-is_service", "display_name", "pk")


def lacks_second_factor(user: Any) -> bool:
    """Whether a role of the user asks for a second factor and there is none. No query for a user of a session."""
    if not limits.needs_second_factor(user) or has_second_factor(user):
        return False
    return installation.mode_beside(user) is Installation.Mode.REAL


def has_second_factor(user: Any) -> bool:
    """Whether the user's login has a second step. No query for a user that a session has loaded."""
    factor = getattr(user, "second_factor", None)
    return factor is not None and factor.confirmed_at is not None


def factor_state(user: User) -> dict[str, object]:
    """When the second factor was set, and how many recovery codes are left."""
    factor = SecondFactor.objects.filter(user=user, confirmed_at__isnull=False).first()
    left = RecoveryCode.objects.filter(user=user, used_at__isnull=True).count() if factor else 0
    return {
        "since": factor.confirmed_at if factor else None,
        "left": left,
        "needed": limits.needs_second_factor(user),
    }


def codes_closed_until(user: User) -> datetime | None:
    """When a second factor that was closed by wrong codes opens again; ``None`` if it is open."""
    factor = SecondFactor.objects.filter(user=user, failures__gte=limits.code_failures()).first()
    if factor is None or factor.failed_at is None:
        return None
    opens = factor.failed_at + limits.lockout_time()
    return opens if opens > timezone.now() else None


def login_waiting(waiting: Any) -> User | None:
    """The user whose login waits for its second step, while it may; the password must be the one that was checked."""
    if not isinstance(waiting, dict):
        return None
    began = datetime.fromisoformat(waiting["at"])
    user = User.objects.select_related("organisation", "second_factor").filter(pk=waiting["user"]).first()
    if user is None or not may_log_in(user) or timezone.now() - began > limits.second_step_time():
        return None
    return user if constant_time_compare(waiting["hash"], user.get_session_auth_hash()) else None


def sessions(*, actor: User, user: User | None = None) -> QuerySet[LoginSession]:
    """The running sessions of the actor, or of another user for who may manage users.

    Raises:
        PermissionDenied: another's, without the permission.
    """
    if user is not None and user.pk != actor.pk:
        require(actor, Permission.USERS_MANAGE)
    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    return LoginSession.objects.filter(user=user or actor, key__in=alive)


def api_keys(*, actor: User, state: str = "") -> QuerySet[ApiKey]:
    """Every API key; ``state``: ``open``, ``ended`` (expired or revoked).

    Raises:
        PermissionDenied: the actor may not manage keys.
    """
    require(actor, Permission.API_KEYS_MANAGE)
    rows = ApiKey.objects.select_related("owner", "organisation")
    ended = Q(revoked_at__isnull=False) | Q(expires_on__lt=timezone.localdate())
    if state == "open":
        rows = rows.exclude(ended)
    return rows.filter(ended) if state == "ended" else rows


def any_user() -> bool:
    """Whether there is an account yet; the login page tells how to make the first one."""
    return User.objects.exists()


def organisation_by_credit_code(credit_code: str) -> Organisation | None:
    """The organisation that holds a unified social credit code; ``None`` for none, or for an empty code."""
    return Organisation.objects.filter(credit_code=credit_code).first() if credit_code else None


def user_named(username: str) -> User | None:
    """The active account with the username, as ``kernel.context`` names who acts."""
    return User.objects.select_related("organisation").filter(username=username, is_active=True).first()
