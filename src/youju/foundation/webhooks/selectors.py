"""Reads of endpoints and their deliveries, for who manages them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet

from youju.foundation.identity.permissions import require
from youju.foundation.identity.selectors import organisations as every_organisation
from youju.foundation.kernel.context import reaching_all
from youju.foundation.webhooks import kinds, permissions
from youju.foundation.webhooks.facts import body_of
from youju.foundation.webhooks.models import DELIVERY_STATES, FAILED, PENDING, Delivery, Endpoint
from youju.rules.webhooks.lifecycle import ENDPOINT_FLOW, REMOVED

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

__all__ = [
    "DELIVERY_STATES",
    "STATES",
    "EndpointView",
    "body_shown",
    "deliveries",
    "delivery",
    "endpoint",
    "endpoints",
    "organisation_of_code",
    "organisations",
]

STATES = {each.code: each.label for each in ENDPOINT_FLOW.states}


@dataclass(frozen=True, slots=True)
class EndpointView:
    """An endpoint as pages and the API show it; never its secret."""

    id: int
    organisation: str
    organisation_name: str
    name: str
    url: str
    types: tuple[str, ...]
    state: str
    failing_since: datetime | None
    sent_at: datetime | None
    earlier_until: datetime | None
    created_at: datetime
    waiting: int
    failed: int

    @property
    def state_label(self) -> str:
        """Chinese."""
        return STATES[self.state]

    @property
    def type_groups(self) -> list[tuple[str, list[str]]]:
        """Kinds with the states of theirs that are told of, in Chinese."""
        chosen = set(self.types)
        found = [
            (kind.label, [label for state, label in kind.states.items() if f"{kind.code}.{state}" in chosen])
            for kind in kinds.kinds()
        ]
        return [(label, states) for label, states in found if states]


def endpoints(*, actor: User, state: str = "") -> list[EndpointView]:
    """Every endpoint that was not removed, newest first. One query.

    Raises:
        PermissionDenied: the actor may not manage webhooks.
    """
    require(actor, permissions.MANAGE)
    with reaching_all():
        rows = _counted().exclude(state=REMOVED)
        return [_view(row) for row in (rows.filter(state=state) if state else rows)]


def endpoint(*, actor: User, endpoint: int) -> EndpointView | None:
    """One endpoint; ``None`` where there is none, or it was removed. One query.

    Raises:
        PermissionDenied: the actor may not manage webhooks.
    """
    require(actor, permissions.MANAGE)
    with reaching_all():
        row = _counted().exclude(state=REMOVED).filter(pk=endpoint).first()
        return _view(row) if row else None


def delivery(*, actor: User, endpoint: int, delivery: int) -> Delivery | None:
    """One event of one endpoint; ``None`` where there is none. One query.

    Raises:
        PermissionDenied: the actor may not manage webhooks.
    """
    with reaching_all():
        return deliveries(actor=actor, endpoint=endpoint).filter(pk=delivery).first()


def deliveries(*, actor: User, endpoint: int, state: str = "") -> QuerySet[Delivery]:
    """What was and is to be sent to one endpoint, newest first. The caller evaluates it within ``reaching_all``.

    Raises:
        PermissionDenied: the actor may not manage webhooks.
    """
    require(actor, permissions.MANAGE)
    rows = Delivery.objects.filter(endpoint_id=endpoint).exclude(endpoint__state=REMOVED).order_by("-pk")
    return rows.filter(state=state) if state in DELIVERY_STATES else rows


def organisations(*, actor: User) -> list[tuple[str, str]]:
    """For whom an endpoint may be registered: id and name, as a form offers them.

    Raises:
        PermissionDenied: the actor may not manage webhooks.
    """
    require(actor, permissions.MANAGE)
    return [(str(each.pk), f"{each.name}（{each.code}）") for each in every_organisation(actor=actor)]


def organisation_of_code(*, actor: User, code: str) -> int | None:
    """The id of the organisation with the code.

    Raises:
        PermissionDenied: the actor may not manage webhooks.
    """
    require(actor, permissions.MANAGE)
    return next((each.pk for each in every_organisation(actor=actor) if each.code == code), None)


def _counted() -> QuerySet[Any]:
    waiting, failed = Q(deliveries__state=PENDING), Q(deliveries__state=FAILED)
    return Endpoint.objects.select_related("organisation").annotate(
        waiting=Count("deliveries", filter=waiting), failed=Count("deliveries", filter=failed)
    )


def _view(row: Any) -> EndpointView:
    return EndpointView(
        id=row.pk,
        organisation=row.organisation.code,
        organisation_name=row.organisation.name,
        name=row.name,
        url=row.url,
        types=tuple(row.types),
        state=row.state,
        failing_since=row.failing_since,
        sent_at=row.sent_at,
        earlier_until=row.earlier_until,
        created_at=row.created_at,
        waiting=row.waiting,
        failed=row.failed,
    )


def body_shown(row: Delivery) -> str:
    """The body of an event as it is sent, indented for reading."""
    return json.dumps(json.loads(body_of(row)), ensure_ascii=False, indent=2)
