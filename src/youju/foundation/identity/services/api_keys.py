"""API keys: a program acts as its owner, within scopes, for one organisation, until a day.

The owner is a service account or whoever issues the key: nobody can make a program act as somebody else.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from ipaddress import ip_network

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity import events, limits
from youju.foundation.identity.models import ApiKey, User
from youju.foundation.identity.permissions import Permission, permissions_of, require
from youju.foundation.identity.services.entering import MARK, digest_of
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject


@dataclass(frozen=True, slots=True)
class Issued:
    """A key that was just made. ``secret`` is shown once and kept nowhere."""

    key: ApiKey
    secret: str


@transaction.atomic
def create_key(
    *,
    actor: User,
    owner: User,
    name: str,
    scopes: Iterable[Permission],
    expires_on: date,
    addresses: Iterable[str] = (),
) -> Issued:
    """Issue a key that acts as ``owner``, a service account or the actor, for the owner's organisation.

    Raises:
        PermissionDenied: the actor may not manage keys.
        InputError: another person's account (409), no name or scope, a scope that the owner doesn't hold, a day past or
            too far, an address out of form.
    """
    require(actor, Permission.API_KEYS_MANAGE)
    if not owner.is_service and owner.pk != actor.pk:
        raise InputError(
            f"不能替{owner.display_name}签发密钥",
            where="以谁的身份",
            how="请先在“用户”页建立服务账号，再以它的身份签发",
            status=409,
        )
    wanted = sorted({Permission(scope) for scope in scopes})
    lacking = [scope.label for scope in wanted if scope not in permissions_of(owner)]
    today = timezone.localdate()
    if not name.strip():
        raise InputError("请写明用途", where="用途", how="例如：报关行系统取数", status=422)
    if not wanted:
        raise InputError("请至少选择一项范围", where="范围", status=422)
    if lacking:
        raise InputError(
            f"{owner.display_name}自己没有“{'、'.join(lacking)}”的权限",
            where="范围",
            how="请去掉这几项",
            status=422,
        )
    if expires_on < today:
        raise InputError("有效期已经过了", where="有效期至", how="请选择今天或以后的日期", status=422)
    if expires_on > today + timedelta(days=limits.key_days()):
        raise InputError(
            f"有效期最长 {limits.key_days()} 天", where="有效期至", how="到期前可以另签一把", status=422
        )
    prefix, secret = secrets.token_hex(4), secrets.token_urlsafe(32)
    key = ApiKey.objects.create(
        prefix=prefix,
        digest=digest_of(secret),
        name=name.strip()[:100],
        organisation=owner.organisation,
        owner=owner,
        scopes=[scope.value for scope in wanted],
        addresses=_networks(addresses),
        expires_on=expires_on,
        created_by=actor.username,
    )
    record(events.KEY_CREATED, key_subject(key), None, _state(key))
    return Issued(key, f"{MARK}_{prefix}_{secret}")


@transaction.atomic
def revoke_key(*, actor: User, key_id: int, reason: str = "") -> ApiKey:
    """Take a key back, at once and for good.

    Raises:
        PermissionDenied: the actor may not manage keys.
        InputError: there is no such key (404), or it is revoked already (409).
    """
    require(actor, Permission.API_KEYS_MANAGE)
    key = ApiKey.objects.select_for_update().filter(pk=key_id).first()
    if key is None:
        raise InputError("没有这把接口密钥", how="请刷新页面", status=404)
    if key.revoked_at:
        raise InputError("这把接口密钥已经吊销", how="请刷新页面", status=409)
    key.revoked_at = timezone.now()
    key.save(update_fields=["revoked_at"])
    record(
        events.KEY_REVOKED,
        key_subject(key),
        {"revoked_at": None},
        {"revoked_at": key.revoked_at},
        reason=reason.strip(),
    )
    return key


def key_subject(key: ApiKey) -> Subject:
    """The key as the trail names it."""
    return Subject("identity.api_key", str(key.pk), f"{key.name}（{MARK}_{key.prefix}…）")


def _state(key: ApiKey) -> dict[str, object]:
    return {
        "owner": key.owner.username,
        "organisation": key.organisation.code,
        "scopes": key.scopes,
        "addresses": key.addresses,
        "expires_on": key.expires_on,
    }


def _networks(addresses: Iterable[str]) -> list[str]:
    found = []
    for text in addresses:
        if text.strip():
            try:
                found.append(str(ip_network(text.strip(), strict=False)))
            except ValueError as error:
                raise InputError(
                    f"“{text}”不是 IP 地址或网段",
                    where="允许的地址",
                    how="请写成 10.1.2.3 或 10.1.2.0/24",
                    status=422,
                ) from error
    return found
