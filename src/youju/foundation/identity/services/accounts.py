"""Changes to accounts: keyword-only, one transaction each, permission checked, before and after returned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from youju.foundation.audit.encoding import changes
from youju.foundation.audit.services import record
from youju.foundation.audit.verbs import Verb
from youju.foundation.identity import events, installation, limits, lockout
from youju.foundation.identity.models import (
    Installation,
    Organisation,
    PastPassword,
    SecondFactor,
    User,
)
from youju.foundation.identity.passwords import initial_password
from youju.foundation.identity.permissions import Permission, require
from youju.foundation.identity.roles import Role
from youju.foundation.identity.services.sessions import end_all
from youju.foundation.identity.usernames import normalise_username
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject

Snapshot = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """What a service did to one account. ``secret``: a new initial password, shown once and kept nowhere."""

    subject: User
    before: Snapshot | None
    after: Snapshot
    secret: str = ""


def snapshot(user: User) -> Snapshot:
    """The facts of an account as plain data, without the password."""
    return {
        "username": user.username,
        "display_name": user.display_name,
        "organisation": user.organisation.code,
        "roles": list(user.roles),
        "sections": list(user.sections),
        "is_active": user.is_active,
        "must_change_password": user.must_change_password,
        "is_service": user.is_service,
    }


@transaction.atomic
def create_user(
    *,
    actor: User,
    username: str,
    display_name: str,
    organisation: Organisation,
    roles: Iterable[Role],
    sections: Iterable[str] = (),
    is_service: bool = False,
) -> Change:
    """Open an account with an initial password; a service account (for API keys alone) has none.

    Raises:
        PermissionDenied: the actor may not manage users.
        InputError: the name is taken, no role was chosen, a role that a program may not hold, no such section, or a field
            is out of form.
    """
    require(actor, Permission.USERS_MANAGE)
    return _create(
        username=username,
        display_name=display_name,
        organisation=organisation,
        roles=roles,
        sections=sections,
        is_service=is_service,
    )


@transaction.atomic
def create_first_admin(
    *, username: str, display_name: str, organisation_name: str, organisation_code: str
) -> Change:
    """Open the first account of an empty installation, and keep the database for real data.

    Raises:
        InputError: demo data are loaded, or an administrator exists already.
    """
    installation.claim(Installation.Mode.REAL)
    # Claiming locks nothing when the row exists: the row itself is the lock between two first administrators.
    Installation.objects.select_for_update().get(id=1)
    if User.objects.filter(roles__contains=[Role.ADM], is_active=True).exists():
        raise InputError("已经有系统管理员了", how="请由系统管理员登录后在“用户”页新增账号", status=409)
    organisation = Organisation.objects.filter(code=organisation_code).first() or Organisation(
        code=organisation_code, name=organisation_name, kind=Organisation.Kind.CENTRE
    )
    if organisation.pk is None:
        _save(organisation)
        state = _organisation_state(organisation)
        record(events.ORGANISATION_SAVED, organisation_subject(organisation), None, state)
    return _create(username=username, display_name=display_name, organisation=organisation, roles=[Role.ADM])


@transaction.atomic
def update_user(
    *,
    actor: User,
    user_id: int,
    display_name: str,
    organisation: Organisation,
    roles: Iterable[Role],
    is_active: bool,
    sections: Iterable[str] | None = None,
) -> Change:
    """Change an account's name, organisation, roles, sections (where given) and whether it is open.

    Raises:
        PermissionDenied: the actor may not manage users.
        InputError: it would leave no administrator, or closes the actor's own account.
    """
    require(actor, Permission.USERS_MANAGE)
    admins = lock_admins()
    user = _locked(user_id)
    before = snapshot(user)
    user.display_name, user.organisation, user.is_active = display_name.strip(), organisation, is_active
    user.roles = _codes(roles)
    if sections is not None:
        user.sections = _section_codes(sections)
    _refuse_guarded_roles(user)
    if user.pk == actor.pk and not is_active:
        raise InputError("不能停用您自己的账号", how="请让另一位系统管理员来停用", status=409)
    return save_account(user, before, admins)


@transaction.atomic
def unlock_user(*, actor: User, user_id: int) -> Change:
    """Forget the failed logins of an account.

    Raises:
        PermissionDenied: the actor may not manage users.
    """
    require(actor, Permission.USERS_MANAGE)
    user = _locked(user_id)
    forgotten = lockout.unlock(user.username)
    # Wrong codes of the second step close the account too.
    SecondFactor.objects.filter(user=user).update(failures=0, failed_at=None)
    now = snapshot(user)
    return recorded(events.USER_UNLOCKED, Change(user, now | {"failures": forgotten}, now | {"failures": 0}))


@transaction.atomic
def reset_password(*, actor: User, user_id: int) -> Change:
    """Give an account a new initial password; its sessions end, its lock opens.

    Raises:
        PermissionDenied: the actor may not manage users.
        InputError: a demo account, whose password is public.
    """
    require(actor, Permission.USERS_MANAGE)
    return renew_password(_locked(user_id))


@transaction.atomic
def change_own_password(*, actor: User, old: str, new: str, keep_session: str = "") -> Change:
    """Change the password of one's own account; every session but ``keep_session`` ends.

    Raises:
        ValidationError: on field ``old`` or ``new``, each with Chinese sentences.
        InputError: a demo account, whose password is public.
    """
    require(actor, Permission.ACCOUNT_OWN)
    user = _locked(actor.pk)
    _refuse_demo(user)
    if not user.check_password(old):
        raise ValidationError({"old": "现在的密码不对。"})
    try:
        validate_password(new, user)
    except ValidationError as error:
        raise ValidationError({"new": error.messages}) from error
    before = snapshot(user)
    _set_password(user, new, initial=False)
    end_all(user, but=keep_session)
    return recorded(events.PASSWORD_CHANGED, Change(user, before, snapshot(user)))


@transaction.atomic
def save_organisation(
    *, actor: User, organisation_id: int | None, code: str, name: str, kind: str, credit_code: str
) -> Organisation:
    """Add an organisation, or change the one with the id.

    Raises:
        PermissionDenied: the actor may not manage users.
        InputError: a field is out of form, or the code or name is taken.
    """
    require(actor, Permission.USERS_MANAGE)
    organisation, before = Organisation(), None
    if organisation_id is not None:
        organisation = Organisation.objects.select_for_update().get(pk=organisation_id)
        before = _organisation_state(organisation)
    organisation.code, organisation.name = code.strip().upper(), name.strip()
    organisation.kind, organisation.credit_code = kind, credit_code.strip().upper()
    _save(organisation)
    after = _organisation_state(organisation)
    if before != after:
        told = changes(before, after) if before else (None, after)
        record(events.ORGANISATION_SAVED, organisation_subject(organisation), *told)
    return organisation


@transaction.atomic
def remove_organisations(*, actor: User, organisation_ids: Iterable[int]) -> int:
    """Remove organisations that nobody belongs to; how many.

    Raises:
        PermissionDenied: the actor may not manage users.
        InputError: one of them is in use (409); none is removed then.
    """
    require(actor, Permission.USERS_MANAGE)
    rows = list(Organisation.objects.select_for_update().filter(pk__in=list(organisation_ids)))
    for row in rows:
        record(events.ORGANISATION_REMOVED, organisation_subject(row), _organisation_state(row), None)
        try:
            with transaction.atomic():
                row.delete()
        except ProtectedError as error:
            raise InputError(
                f"“{row.name}”已有账号或密钥，不能删除", how="请先停用或移走", status=409
            ) from error
    return len(rows)


def user_subject(user: User) -> Subject:
    """The account as the trail names it."""
    return Subject("identity.user", str(user.pk), f"{user.username}（{user.display_name}）")


def organisation_subject(organisation: Organisation) -> Subject:
    """The organisation as the trail names it."""
    return Subject("identity.organisation", str(organisation.pk), organisation.name)


def lock_admins() -> set[int]:
    """The open administrators, locked in one order, so that two of them can't remove each other at once. Inner step."""
    rows = User.objects.select_for_update().filter(roles__contains=[Role.ADM], is_active=True).order_by("pk")
    return set(rows.values_list("pk", flat=True))


def save_account(user: User, before: Snapshot, admins: set[int], reason: str = "") -> Change:
    """Keep a changed account, locked and with the administrators that ``lock_admins`` gave. Inner step.

    Raises:
        InputError: it would leave no administrator (409), or a field is out of form.
    """
    if admins == {user.pk} and not (user.is_active and Role.ADM in user.roles):
        raise InputError(
            "这是最后一位系统管理员，不能停用，也不能去掉系统管理员角色",
            how="请先让另一位用户成为系统管理员",
            status=409,
        )
    _save(user)
    if not user.is_active:
        end_all(user)
    return recorded(events.USER_CHANGED, Change(user, before, snapshot(user)), reason)


def renew_password(user: User, reason: str = "") -> Change:
    """Give a locked account a new initial password; its sessions end, its lock opens. Inner step.

    Raises:
        InputError: a demo account, whose password is public.
    """
    _refuse_demo(user)
    before = snapshot(user)
    secret = initial_password()
    _set_password(user, secret, initial=True)
    lockout.unlock(user.username)
    end_all(user)
    return recorded(events.PASSWORD_RESET, Change(user, before, snapshot(user), secret), reason)


def _organisation_state(organisation: Organisation) -> Snapshot:
    return {name: getattr(organisation, name) for name in ("code", "name", "kind", "credit_code")}


def recorded(verb: Verb, change: Change, reason: str = "") -> Change:
    """Put the change on the trail: what differs, all of it for a new account. Inner step."""
    before, after = change.before, change.after
    told = changes(before, after) if before is not None else (None, after)
    record(verb, user_subject(change.subject), *told, reason=reason)
    return change


def _create(
    *,
    username: str,
    display_name: str,
    organisation: Organisation,
    roles: Iterable[Role],
    sections: Iterable[str] = (),
    is_service: bool = False,
) -> Change:
    user = User(
        username=normalise_username(username),
        display_name=display_name.strip(),
        organisation=organisation,
        roles=_codes(roles),
        sections=_section_codes(sections),
        is_service=is_service,
        must_change_password=not is_service,
    )
    _refuse_guarded_roles(user)
    secret = "" if is_service else initial_password()
    user.set_password(secret or None)
    user.password_changed_at = None if is_service else timezone.now()
    _save(user)
    return recorded(events.USER_CREATED, Change(user, None, snapshot(user), secret))


def _save(row: User | Organisation) -> None:
    """Check every field and constraint, then save; a fault becomes one Chinese sentence."""
    try:
        row.full_clean()
    except ValidationError as error:
        field, faults = next(iter(error.message_dict.items()))
        known = {each.name: str(each.verbose_name) for each in row._meta.concrete_fields}
        raise InputError(faults[0].rstrip("。"), where=known.get(field, "")) from error
    row.save()


def _codes(roles: Iterable[Role]) -> list[str]:
    chosen = set(roles)
    if not chosen:
        raise InputError("请至少选择一个角色", where="角色")
    return [role.value for role in Role if role in chosen]


def _section_codes(sections: Iterable[str]) -> list[str]:
    known, chosen = limits.sections(), set(sections)
    if unknown := sorted(chosen - set(known)):
        raise InputError(f"没有代码为“{unknown[0]}”的科室", where="所在科室", how="请从列出的科室里选择")
    return [code for code in known if code in chosen]


def _locked(user_id: int) -> User:
    return User.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=user_id)


def _refuse_demo(user: User) -> None:
    """Nobody may set a password that is public or that does not exist."""
    if user.is_demo:
        raise InputError("演示账号的密码是公开的，不能修改", status=409)
    if user.is_service:
        raise InputError("服务账号没有密码", how="它只通过接口密钥使用，请到“接口密钥”页办理", status=409)


def _refuse_guarded_roles(user: User) -> None:
    """A role that asks for a second factor asks for a person."""
    held = [role.label for role in Role if role in user.roles and role in limits.guarded_roles()]
    if user.is_service and held:
        raise InputError(
            f"服务账号不能有{'、'.join(held)}的角色，这些角色须两步验证，只能由人担任", where="角色"
        )


def _set_password(user: User, password: str, *, initial: bool) -> None:
    PastPassword.objects.create(user=user, password=user.password)
    kept = PastPassword.objects.filter(user=user).values_list("pk", flat=True)[: limits.password_history()]
    PastPassword.objects.filter(user=user).exclude(pk__in=list(kept)).delete()
    user.set_password(password)
    user.must_change_password = initial
    user.password_changed_at = timezone.now()
    user.save(update_fields=["password", "must_change_password", "password_changed_at"])
