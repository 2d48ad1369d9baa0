"""Endpoints: registered, changed, paused, resumed, removed; their secrets exchanged.

Who manages endpoints has no reach to the rows of any party (duties kept apart); after the permission was asked for, these
services and selectors reach the endpoints and their deliveries, which hold no more than numbers and states.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone

from youju.foundation.audit.encoding import changes
from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.identity.selectors import organisation_codes
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.sealing import reseal, seal
from youju.foundation.kernel.subjects import Subject
from youju.foundation.webhooks import events, guarding, kinds, limits, permissions, signing
from youju.foundation.webhooks.models import PENDING, Endpoint
from youju.foundation.workflow.services import advance, start
from youju.rules.webhooks.lifecycle import ENDPOINT_FLOW, REMOVED

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

STEPS = ("pause", "resume", "remove")


@dataclass(frozen=True, slots=True)
class Issued:
    """An endpoint with a secret that was just made; ``secret`` is shown once."""

    endpoint: Endpoint
    secret: str


@transaction.atomic
def register_endpoint(*, actor: User, organisation: int, name: str, url: str, types: Iterable[str]) -> Issued:
    """Register where an organisation's program listens.

    Args:
        actor: who registers.
        organisation: id of the organisation; only events of records in which it takes part are sent.
        name: what it is for.
        url: https, of the public internet.
        types: of events, as ``orders.order.confirmed``.

    Raises:
        PermissionDenied: the actor may not manage webhooks.
        InputError: no such organisation, a URL that may not be sent to, no or unknown types (422), too many endpoints (409).
    """
    require(actor, permissions.MANAGE)
    values = _checked(name, url, types)
    code = organisation_codes([organisation]).get(organisation)
    if code is None:
        raise InputError("没有这个单位", where="单位", how="请重新选择", status=422)
    secret = signing.new_secret()
    with reaching_all():
        _alone(organisation)
        most = limits.endpoints()
        if Endpoint.objects.filter(organisation_id=organisation).exclude(state=REMOVED).count() >= most:
            raise InputError(f"一个单位至多登记 {most} 个接收地址", how="请先删除不用的", status=409)
        row = Endpoint.objects.create(
            organisation_id=organisation, secret=seal(secret), created_by=actor.username, **values
        )
        start(flow=ENDPOINT_FLOW, subject=subject_of(row), actor=actor, organisation=code)
        record(events.REGISTERED, subject_of(row), None, {"organisation": code, **values})
    return Issued(row, secret)


@transaction.atomic
def change_endpoint(*, actor: User, endpoint: int, name: str, url: str, types: Iterable[str]) -> Endpoint:
    """Change what an endpoint is for, where it listens, and to what.

    Raises:
        PermissionDenied, InputError: as ``register_endpoint``; no such endpoint (404).
    """
    require(actor, permissions.MANAGE)
    values = _checked(name, url, types)
    with reaching_all():
        row = locked(endpoint)
        before = {column: getattr(row, column) for column in values}
        for column, value in values.items():
            setattr(row, column, value)
        row.save(update_fields=list(values))
        told = changes(before, values)
        if any(told):
            record(events.CHANGED, subject_of(row), *told)
    return row


@transaction.atomic
def rotate_secret(*, actor: User, endpoint: int) -> Issued:
    """Give an endpoint a new secret; the present one signs as well for as long as the policy says.

    Raises:
        PermissionDenied: the actor may not manage webhooks.
        InputError: no such endpoint (404).
    """
    require(actor, permissions.MANAGE)
    secret = signing.new_secret()
    with reaching_all():
        row = locked(endpoint)
        row.earlier_secret, row.secret = row.secret, seal(secret)
        row.earlier_until = timezone.now() + limits.rotation()
        row.save(update_fields=["earlier_secret", "secret", "earlier_until"])
        record(events.ROTATED, subject_of(row), None, {"earlier_until": row.earlier_until})
    return Issued(row, secret)


@transaction.atomic
def step_endpoint(*, actor: User, endpoint: int, step: str, reason: str = "") -> Endpoint:
    """Pause, resume or remove an endpoint. Events go on to be kept while it is paused; a removed one's are forgotten.

    Raises:
        PermissionDenied: the actor may not manage webhooks.
        InputError: no such endpoint or step (404), or the step does not lead on from here (409).
    """
    require(actor, permissions.MANAGE)
    if step not in STEPS:
        raise InputError(f"没有“{step[:20]}”这一步", how="可选 pause、resume、remove", status=404)
    with reaching_all():
        row = locked(endpoint)
        view = advance(
            flow=ENDPOINT_FLOW, subject=subject_of(row), transition=step, actor=actor, reason=reason
        )
        row.state, row.failing_since = view.state, None
        row.save(update_fields=["state", "failing_since"])
        if row.state == REMOVED:
            row.deliveries.filter(state=PENDING).delete()
    return row


def reseal_all() -> int:
    """Seal every secret anew with the first key; how many. For the exchange of keys."""
    with reaching_all():
        rows = list(Endpoint.objects.select_for_update().order_by("pk"))
        for row in rows:
            row.secret = reseal(row.secret)
            row.earlier_secret = reseal(row.earlier_secret) if row.earlier_secret else ""
        Endpoint.objects.bulk_update(rows, ["secret", "earlier_secret"])
    return len(rows)


def locked(endpoint: int) -> Endpoint:
    """An endpoint that nobody else changes until the transaction ends.

    Raises:
        InputError: there is none, or it was removed (404).
    """
    row = Endpoint.objects.select_for_update().filter(pk=endpoint).exclude(state=REMOVED).first()
    if row is None:
        raise InputError("没有这个接收地址", how="请回到列表", status=404)
    return row


def subject_of(row: Endpoint) -> Subject:
    """How an endpoint is named on the trail."""
    return Subject(events.KIND, str(row.pk), row.name)


def _checked(name: str, url: str, types: Iterable[str]) -> dict[str, object]:
    name, url, wanted = name.replace("\0", "").strip()[:100], url.strip(), sorted(set(types))
    if not name:
        raise InputError("请写明用途", where="用途", how="例如：报关行系统接收状态", status=422)
    known = kinds.types()
    strange = [each for each in wanted if each not in known]
    if strange:
        raise InputError(f"没有“{strange[0][:60]}”这种事项", where="通知的事项", how="请对照说明", status=422)
    if not wanted:
        raise InputError("请至少选择一种事项", where="通知的事项", status=422)
    guarding.addresses(guarding.read(url))
    return {"name": name, "url": url, "types": wanted}


def _alone(organisation: int) -> None:
    """Two at once would not count each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('youju.webhooks', %s))", [organisation])
