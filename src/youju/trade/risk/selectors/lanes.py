"""Lanes, draws, scans, trials and peers' statistics."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from youju.foundation.identity.permissions import require
from youju.trade.risk import permissions
from youju.trade.risk.models import Draw, Lane, Peer, PeerVersion, Scan, Trial

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


def lanes(*, actor: User, lane: str = "", text: str = "", drawn: bool = False) -> QuerySet[Lane]:
    """Lanes of declarations, unsorted.

    Raises:
        PermissionDenied: the actor does not see hits.
    """
    require(actor, permissions.VIEW)
    rows = Lane.objects.select_related("draw")
    if lane:
        rows = rows.filter(lane=lane)
    if drawn:
        rows = rows.filter(drawn=True)
    if word := text.replace("\0", "").strip():
        rows = rows.filter(number__startswith=word)
    return rows


def lane_of_declaration(*, actor: User, number: str) -> Lane | None:
    """The lane of a declaration in the asker's reach, or ``None``. One query.

    Raises:
        PermissionDenied: the actor does not see hits.
    """
    require(actor, permissions.VIEW)
    return Lane.objects.filter(number=number.replace("\0", "")).first()


def draws(*, actor: User) -> QuerySet[Draw]:
    """The days' draws with how many lanes (``count``) and how many were drawn (``hit``), unsorted. Seeds stay unread.

    Raises:
        PermissionDenied: the actor does not see hits.
    """
    require(actor, permissions.VIEW)
    counted = Draw.objects.defer("seed")
    return counted.annotate(count=Count("lanes"), hit=Count("lanes", filter=Q(lanes__drawn=True)))


def draw_of(*, actor: User, day: date) -> Draw | None:
    """A day's draw, counted, or ``None``."""
    return draws(actor=actor).filter(day=day).first()


def scans(*, actor: User) -> QuerySet[Scan]:
    """Scans, unsorted.

    Raises:
        PermissionDenied: the actor does not see hits.
    """
    require(actor, permissions.VIEW)
    return Scan.objects.all()


def trials(*, actor: User) -> QuerySet[Trial]:
    """Trials of thresholds, unsorted.

    Raises:
        PermissionDenied: the actor may not run scans.
    """
    require(actor, permissions.RUN)
    return Trial.objects.all()


@dataclass(frozen=True, slots=True)
class PeerView:
    """Peers in dollars: the middle, and the band of two robust standard deviations; ``spread`` in per cent of the middle."""

    basis: str
    hs6: str
    unit: str
    peers: int
    median: float
    low: float
    high: float
    spread: float


def peers(*, actor: User, hs6: str = "") -> tuple[PeerVersion | None, QuerySet[Peer]]:
    """The newest version of peers' statistics and its rows, unsorted; of one code that begins so.

    Raises:
        PermissionDenied: the actor does not see hits.
    """
    require(actor, permissions.VIEW)
    version = PeerVersion.objects.order_by("-pk").first()
    rows = Peer.objects.filter(version=version) if version else Peer.objects.none()
    word = hs6.replace("\0", "").strip()
    return version, rows.filter(hs6__startswith=word) if word else rows


def peer_history(*, actor: User, hs6: str) -> Sequence[tuple[PeerVersion, Sequence[PeerView]]]:
    """What the last versions say of a code, the newest first. Two queries.

    Raises:
        PermissionDenied: the actor does not see hits.
    """
    require(actor, permissions.VIEW)
    versions = list(PeerVersion.objects.order_by("-pk")[:_VERSIONS])
    found: dict[int, list[PeerView]] = {}
    for row in Peer.objects.filter(version__in=versions, hs6=hs6.replace("\0", "")).order_by("basis", "unit"):
        found.setdefault(row.version_id, []).append(peer_view(row))
    return [(each, found[each.pk]) for each in versions if each.pk in found]


_VERSIONS = 12


def peer_view(row: Peer) -> PeerView:
    """A row of peers in dollars."""
    middle = math.exp(row.median)
    low, high = (math.exp(row.median + side * 2 * row.spread) for side in (-1, 1))
    return PeerView(
        row.basis, row.hs6, row.unit, row.peers, middle, low, high, (math.exp(row.spread) - 1) * 100
    )
