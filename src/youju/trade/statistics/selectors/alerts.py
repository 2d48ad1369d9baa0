"""Reads of the watch: alerts, one of them with its evidence, how many wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from youju.foundation.identity.permissions import allowed, require
from youju.rules.registry import REGISTRY
from youju.trade.statistics import permissions
from youju.trade.statistics.models import Alert

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

STATES = dict(Alert.State.choices)


@dataclass(frozen=True, slots=True)
class AlertPage:
    """One alert: its rule's title, figures, the question whose rows stand behind, declarations and messages it names."""

    row: Alert
    title: str
    figures: Sequence[tuple[str, str]]
    query: dict[str, str]
    declarations: Sequence[tuple[str, str]]
    messages: Sequence[tuple[str, str]]
    may_handle: bool


def alerts(*, actor: User, state: str = "", rule: str = "", text: str = "") -> QuerySet[Alert]:
    """Alerts, unsorted.

    Raises:
        PermissionDenied: the actor does not oversee operations.
    """
    require(actor, permissions.OVERSEE)
    rows = Alert.objects.defer("evidence")
    if state:
        rows = rows.filter(state=state)
    if rule:
        rows = rows.filter(rule=rule)
    for word in text.replace("\0", "").split():
        rows = rows.filter(message__icontains=word)
    return rows


def alert_page(*, actor: User, alert: int) -> AlertPage | None:
    """One alert; ``None`` where there is none.

    Raises:
        PermissionDenied: the actor does not oversee operations.
    """
    require(actor, permissions.OVERSEE)
    row = Alert.objects.filter(pk=alert).first()
    if row is None:
        return None
    kept: dict[str, Any] = row.evidence
    may = row.state == Alert.State.OPEN and allowed(actor, permissions.MANAGE)
    return AlertPage(
        row,
        rule_title(row.rule),
        list(kept.get("figures", {}).items()),
        kept.get("query", {}),
        [tuple(each) for each in kept.get("declarations", ())],
        [tuple(each) for each in kept.get("messages", ())],
        may,
    )


def open_alerts(*, actor: User) -> int:
    """How many wait for the actor; 0 for who does not settle them. One query at most."""
    return Alert.objects.filter(state=Alert.State.OPEN).count() if allowed(actor, permissions.MANAGE) else 0


def rule_title(rule: str) -> str:
    """The newest title of a rule."""
    return REGISTRY.versions(rule)[-1].title if rule in REGISTRY else rule


def rule_choices() -> list[tuple[str, str]]:
    """The rules of the watch for a filter."""
    return [(each.id, f"{each.id} {each.title}") for each in REGISTRY if each.scope == "watch"]
