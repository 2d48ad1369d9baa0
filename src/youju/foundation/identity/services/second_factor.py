"""The second factor: time-based one-time passwords (RFC 6238), and recovery codes for a lost device."""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from datetime import timedelta
from urllib.parse import quote, urlencode

from django.db import transaction
from django.utils import timezone
from django_otp.oath import TOTP

from youju.foundation.audit.services import record
from youju.foundation.identity import events, limits
from youju.foundation.identity.models import RecoveryCode, SecondFactor, User
from youju.foundation.identity.permissions import Permission, require
from youju.foundation.identity.selectors import codes_closed_until
from youju.foundation.kernel.context import acting
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.sealing import registered_sealed, reseal, seal, unseal
from youju.foundation.kernel.subjects import Subject

_BYTES = 20  # RFC 4226: 160 bits
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is read as something else
_ISSUER = "有据"


@transaction.atomic
def begin_factor(*, actor: User) -> tuple[str, str]:
    """A fresh secret, not yet in force: (the secret in base32 for typing, the address for the QR code).

    Until it is confirmed the same secret is given again, so that a page that is loaded twice shows one code; one that
    waited too long is exchanged, so that nobody who saw it long ago can use it.

    Raises:
        InputError: one is in force already (409), or a demo account.
    """
    require(actor, Permission.ACCOUNT_OWN)
    _refuse_demo(actor)
    fresh = {"sealed": seal(base64.b32encode(secrets.token_bytes(_BYTES)).decode())}
    row, new = SecondFactor.objects.select_for_update().get_or_create(user=actor, defaults=fresh)
    if not new and row.confirmed_at:
        raise InputError("两步验证已经启用", how="要换设备，请先停用再重新启用", status=409)
    if not new and _waited_too_long(row):
        row.sealed, row.begun_at, row.last_step = fresh["sealed"], timezone.now(), 0
        row.save(update_fields=["sealed", "begun_at", "last_step"])
    secret = unseal(row.sealed)
    label = quote(f"{_ISSUER}:{actor.username}")
    return secret, f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': _ISSUER})}"


@transaction.atomic
def confirm_factor(*, actor: User, code: str) -> list[str]:
    """Put the secret in force once the device shows its codes; gives the recovery codes, shown once.

    Raises:
        InputError: the code is wrong, or nothing was begun lately.
    """
    require(actor, Permission.ACCOUNT_OWN)
    row = SecondFactor.objects.select_for_update().filter(user=actor, confirmed_at__isnull=True).first()
    if row is None or _waited_too_long(row):
        raise InputError("请先用验证器扫二维码", how="请回到启用两步验证的页面", status=409)
    if not _fits(row, code):
        raise InputError(
            "验证码不对",
            where="验证码",
            how="请核对手机时间是否自动校准，再输入验证器现在显示的六位数",
            status=422,
        )
    row.confirmed_at = timezone.now()
    row.save(update_fields=["confirmed_at", "last_step"])
    record(events.FACTOR_SET, _subject(actor))
    return _new_codes(actor)


@transaction.atomic
def check_second(*, user: User, code: str) -> bool:
    """Whether a code lets the user in: six digits of the device, or a recovery code. Each is used once.

    Too many wrong codes in a row close the second factor for the time of a lock-out, from wherever they came; until then
    even a right one is refused. Call it outside a transaction that may be rolled back: the count has to stay.
    """
    row = SecondFactor.objects.select_for_update().filter(user=user, confirmed_at__isnull=False).first()
    if row is None:
        return False
    if row.failures >= limits.code_failures():
        if row.failed_at and timezone.now() < row.failed_at + limits.lockout_time():
            return False
        row.failures = 0
    right = _fits(row, code) or _use_recovery_code(user, code)
    row.failures, row.failed_at = (0, None) if right else (row.failures + 1, timezone.now())
    row.save(update_fields=["last_step", "failures", "failed_at"])
    if row.failures == limits.code_failures() and row.failed_at:
        record(events.CODES_CLOSED, _subject(user), None, {"until": row.failed_at + limits.lockout_time()})
    return right


def _use_recovery_code(user: User, code: str) -> bool:
    used = RecoveryCode.objects.filter(user=user, digest=_digest(user, code), used_at__isnull=True).update(
        used_at=timezone.now()
    )
    if used:
        left = RecoveryCode.objects.filter(user=user, used_at__isnull=True).count()
        with acting(actor=user.username, actor_name=user.display_name):
            record(events.CODE_USED, _subject(user), None, {"left": left})
    return bool(used)


def renew_codes(*, actor: User, code: str) -> list[str]:
    """New recovery codes in place of the old; asks for a code of the device.

    Raises:
        InputError: the code is wrong.
    """
    require(actor, Permission.ACCOUNT_OWN)
    _ask(actor, code)
    with transaction.atomic():
        record(events.CODES_RENEWED, _subject(actor))
        return _new_codes(actor)


def remove_factor(*, actor: User, code: str) -> None:
    """Switch one's own second factor off; asks for a code.

    Raises:
        InputError: the code is wrong, or a role of the actor requires a second factor.
    """
    require(actor, Permission.ACCOUNT_OWN)
    if limits.needs_second_factor(actor):
        raise InputError("您的角色必须使用两步验证，不能停用", how="要换设备，请系统管理员重置", status=409)
    _ask(actor, code)
    with transaction.atomic():
        _forget(actor)
        record(events.FACTOR_REMOVED, _subject(actor))


@transaction.atomic
def reset_factor(*, actor: User, user: User, reason: str) -> None:
    """As administrator: take a lost device away from an account; its sessions end, its user sets a new one up.

    Raises:
        PermissionDenied: the actor may not manage users.
        InputError: no reason, one's own account, or nothing to reset.
    """
    require(actor, Permission.USERS_MANAGE)
    if actor.pk == user.pk:
        raise InputError(
            "不能重置自己的两步验证", how="请用备用码登录后停用，或请另一位系统管理员重置", status=409
        )
    take_factor_away(user, reason)


def take_factor_away(user: User, reason: str) -> None:
    """Forget the device of an account and end its sessions. Inner step.

    Raises:
        InputError: no reason (422), or nothing to reset (409).
    """
    from youju.foundation.identity.services.sessions import end_all

    if not reason.strip():
        raise InputError(
            "重置两步验证须写明理由", where="理由", how="例如：手机遗失，已当面核对身份", status=422
        )
    if not _forget(user):
        raise InputError("这个账号没有启用两步验证", how="请刷新页面", status=409)
    end_all(user)
    record(events.FACTOR_RESET, _subject(user), reason=reason.strip())


@transaction.atomic
def reseal_fields() -> int:
    """Seal every secret anew with the first of the present keys, those of the rooms above too; how many. For the command."""
    rows = list(SecondFactor.objects.select_for_update())
    for row in rows:
        row.sealed = reseal(row.sealed)
        row.save(update_fields=["sealed"])
    counts = {"identity.second_factor": len(rows)}
    counts |= {code: reseal_all() for code, reseal_all in registered_sealed()}
    told = {"fields": sum(counts.values()), "of": counts}
    record(events.FIELDS_RESEALED, Subject("identity.installation", "1", "本系统"), None, told)
    return sum(counts.values())


def _fits(row: SecondFactor, code: str) -> bool:
    """Whether the code belongs to a time step within the window that was not used yet; notes the step on the row."""
    digits = "".join(code.split())
    if not (digits.isascii() and digits.isdigit() and len(digits) == 6):
        return False
    totp = TOTP(base64.b32decode(unseal(row.sealed)))
    totp.time = time.time()
    # django-otp's ``min_t`` is the earliest step that may still be taken: a step is good once.
    if not totp.verify(int(digits), tolerance=limits.code_window(), min_t=row.last_step + 1):
        return False
    row.last_step = totp.t()
    return True


def _ask(actor: User, code: str) -> None:
    """A transaction of its own, so that a wrong code is counted although what it was asked for doesn't happen."""
    right = check_second(user=actor, code=code)
    if not right and (until := codes_closed_until(actor)):
        raise InputError(
            "验证码连续输错次数过多，已暂停验证",
            how=f"请在 {timezone.localtime(until) + timedelta(minutes=1):%H:%M} 以后再试",
            status=429,
        )
    if not right:
        raise InputError(
            "验证码不对",
            where="验证码",
            how="请输入验证器现在显示的六位数，或一个没有用过的备用码",
            status=422,
        )


def _waited_too_long(row: SecondFactor) -> bool:
    return timezone.now() - row.begun_at > limits.setup_time()


def _new_codes(user: User) -> list[str]:
    RecoveryCode.objects.filter(user=user).delete()
    codes = [
        "-".join("".join(secrets.choice(_ALPHABET) for _ in range(5)) for _ in range(2))
        for _ in range(limits.recovery_codes())
    ]
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, digest=_digest(user, code)) for code in codes)
    return codes


def _digest(user: User, code: str) -> str:
    # A code has 49 random bits and opens nothing without the password: a fast hash is enough.
    plain = "".join(sign for sign in code.upper() if sign in _ALPHABET)
    return hashlib.sha256(f"{user.pk}:{plain}".encode()).hexdigest()


def _forget(user: User) -> bool:
    RecoveryCode.objects.filter(user=user).delete()
    removed, _ = SecondFactor.objects.filter(user=user).delete()
    return bool(removed)


def _refuse_demo(user: User) -> None:
    if user.is_demo:
        raise InputError("演示账号人人能用，不能启用两步验证", status=409)


def _subject(user: User) -> Subject:
    return Subject("identity.user", str(user.pk), f"{user.username}（{user.display_name}）")
