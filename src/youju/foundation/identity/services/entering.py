"""A program comes in by its key: who it is, whether it may, and one more request counted, in one statement."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from ipaddress import ip_address, ip_network
from typing import Any

from django.utils import timezone

from youju.foundation.database.statements import first_rows
from youju.foundation.identity.backends import may_act
from youju.foundation.identity.models import ApiKey, Organisation, User
from youju.foundation.kernel.clock import today

MARK = "yj"
_WRITE_AT_MOST = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Entered:
    """A key that may be used now. ``hits``: its requests in this slot of time; ``None`` where they were not counted yet."""

    key: ApiKey
    hits: int | None


def entered(presented: str, address: str | None, slot: int) -> Entered | None:
    """The key that was presented, if it may be used from the address now; notes its use once a minute.

    Nothing is remembered between requests: a key that is revoked, an account that is closed or a role that is taken
    away holds from the next request on, in every process.

    Args:
        presented: as it came, ``yj_prefix_secret``.
        address: where from; ``None`` where the server doesn't tell.
        slot: the stretch of time in which requests are counted.
    """
    mark, _, rest = presented.partition("_")
    prefix, _, secret = rest.partition("_")
    if mark != MARK or not secret:
        return None
    digest, day = digest_of(secret), today()
    row = _row(prefix, digest, day, address or "", slot)
    key = row[0] if row else None
    # Compared in constant time and with a stand-in, so that the time taken doesn't tell which prefixes exist.
    fits = hmac.compare_digest(key.digest if key else digest_of(""), digest)
    if (
        not fits
        or key is None
        or row is None
        or key.revoked_at
        or key.expires_on < day
        or not may_act(key.owner)
    ):
        return None
    if key.owner.organisation_id != key.organisation_id or not _within(address, key.addresses):
        return None
    if row[1] is None:
        _note(key, address, timezone.now())
    return Entered(key, row[1])


def digest_of(secret: str) -> str:
    """What is kept of a secret. 256 random bits: nothing to guess, so a fast hash is right."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _note(key: ApiKey, address: str | None, now: datetime) -> None:
    if key.last_used_at is None or now - key.last_used_at > _WRITE_AT_MOST:
        ApiKey.objects.filter(pk=key.pk).update(last_used_at=now, last_address=address or "")


@lru_cache(maxsize=4)
def _names(model: type[Any]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


@lru_cache(maxsize=1)
def _statement() -> str:
    """Key, owner, organisation and the installation's mode, from tables of this room that every process may read.

    Counted, and noted as used, is only who proved the key; one bound to addresses when its address has been looked at.
    """
    columns = [
        f'{alias}."{field.column}"'
        for alias, model in (("k", ApiKey), ("u", User), ("o", Organisation))
        for field in model._meta.concrete_fields
    ]
    return (
        f"SELECT {', '.join(columns)}, (SELECT mode FROM identity_installation LIMIT 1),"  # noqa: S608 - names of ours
        " CASE WHEN k.digest = %s AND k.revoked_at IS NULL AND k.expires_on >= %s::date"
        " AND u.is_active AND u.organisation_id = k.organisation_id AND k.addresses = '{}'"
        " THEN identity_used(k.id, k.last_used_at, %s, %s::bigint) END"
        " FROM identity_apikey k JOIN identity_user u ON u.id = k.owner_id"
        " JOIN identity_organisation o ON o.id = u.organisation_id WHERE k.prefix = %s"
    )


def _row(prefix: str, digest: str, day: date, address: str, slot: int) -> tuple[ApiKey, int | None] | None:
    rows = first_rows(_statement(), [digest, day.isoformat(), address, str(slot), prefix])
    if not rows:
        return None
    row = list(rows[0])
    made: list[Any] = []
    for model in (ApiKey, User, Organisation):
        names = _names(model)
        made.append(model.from_db("default", names, row[: len(names)]))
        del row[: len(names)]
    key, owner, organisation = made
    owner.organisation, owner.installation_mode, key.owner = organisation, row[0], owner
    return key, row[1]


def _within(address: str | None, networks: list[str]) -> bool:
    if not networks:
        return True
    return address is not None and any(ip_address(address) in ip_network(each) for each in networks)
