"""Rounds and rectification orders for lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from youju.foundation.identity.limits import sections
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.performance.monitoring import permissions
from youju.performance.monitoring.models import MonitoredProject, Order, Round
from youju.rules.performance.monitoring.colours import RED, YELLOW
from youju.rules.performance.monitoring.lifecycle import ISSUED, OPEN, ORDER_STATES, REPLIED

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

STATES = ORDER_STATES


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """What narrows the list of orders.

    ``only``: ``open``, ``late``, ``mine`` (of my sections, to be put right), ``verify``, ``held``.
    """

    text: str = ""
    state: str = ""
    section: str = ""
    only: str = ""


def rounds(actor: User) -> QuerySet[Round]:
    """Rounds, the latest first, each with its projects, how many are yellow or red, and its open orders, counted.

    Raises:
        PermissionDenied: the actor sees no monitoring.
    """
    require(actor, permissions.VIEW)
    warned = Q(projects__colour__in=[YELLOW, RED]) | Q(projects__targets_colour__in=[YELLOW, RED])
    return Round.objects.annotate(
        count=Count("projects", distinct=True),
        warned=Count("projects", filter=warned, distinct=True),
        open=Count("projects__orders", filter=Q(projects__orders__state__in=OPEN), distinct=True),
    )


def round_of(actor: User, number: str) -> Round:
    """A round by its number.

    Raises:
        PermissionDenied: the actor sees no monitoring.
        InputError: there is none (404).
    """
    require(actor, permissions.VIEW)
    found = Round.objects.filter(number=number.replace("\0", " ")).first()
    if found is None:
        raise InputError("没有这一轮运行监控", where=number[:20], how="请回到运行监控", status=404)
    return found


def project_of(actor: User, number: str, place: int) -> MonitoredProject:
    """A project of a round, by its place.

    Raises:
        PermissionDenied: the actor sees no monitoring.
        InputError: there is none (404).
    """
    row = round_of(actor, number)
    found = row.projects.filter(place=place).first() if place <= row.projects.count() else None
    if found is None:
        raise InputError("这一轮没有这个项目", where=number[:20], how="请回到这一轮运行监控", status=404)
    found.round = row
    return found


def orders(actor: User, wish: OrderFilter | None = None) -> QuerySet[Order]:
    """Rectification orders; ``wish`` narrows them.

    Raises:
        PermissionDenied: the actor sees no monitoring.
    """
    require(actor, permissions.VIEW)
    wish, rows = wish or OrderFilter(), Order.objects.select_related("project__round")
    for word in wish.text.replace("\0", "").split():
        rows = rows.filter(
            Q(number__icontains=word) | Q(title__icontains=word) | Q(project__name__icontains=word)
        )
    if wish.state:
        rows = rows.filter(state=wish.state)
    if wish.section:
        rows = rows.filter(section=wish.section)
    if wish.only in ("open", "late"):
        rows = rows.filter(state__in=OPEN)
    if wish.only == "late":
        rows = rows.filter(due_on__lt=timezone.localdate())
    if wish.only == "mine":
        rows = rows.filter(state=ISSUED, section__in=list(actor.sections))
    if wish.only == "verify":
        rows = rows.filter(state=REPLIED)
    if wish.only == "held":
        rows = rows.filter(suspensions__lifted_at__isnull=True, suspensions__isnull=False)
    return rows


def order_of(actor: User, number: str) -> Order:
    """An order by its number, with project, round and row.

    Raises:
        PermissionDenied: the actor sees no monitoring.
        InputError: there is none (404).
    """
    rows = orders(actor).select_related("project__round", "row")
    found = rows.filter(number=number.replace("\0", " ")).first()
    if found is None:
        raise InputError("没有这份整改通知", where=number[:20], how="请回到整改通知清单", status=404)
    return found


def is_late(row: Order) -> bool:
    """Whether it is open after its deadline."""
    return row.state in OPEN and row.due_on < timezone.localdate()


def section_named(words: str) -> str:
    """The code of the section that a project's own words name (外贸科 → 外贸服务科); empty where none is meant."""
    named = words.strip()
    short = named.removesuffix("科")
    for code, label in sections().items():
        if named in (code, label) or (short and label.startswith(short)):
            return code
    return ""
