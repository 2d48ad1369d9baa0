"""Certificates, for whoever may see the party, and for a stranger with the code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import timezone

from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.rules.trade.credit.naming import public_name
from youju.trade.credit import permissions
from youju.trade.credit.models import Certificate, Score
from youju.trade.credit.selectors.scores import grades_of, require_any
from youju.trade.parties.selectors import scored_parties

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_CODE = re.compile(r"[A-Za-z0-9_-]{22}")
_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Checked:
    """What a stranger with the code learns. ``good``: it is in force; ``later``: a newer score of the party has another grade."""

    name: str
    grade: str
    grade_title: str
    total: Decimal
    day: date
    issued_on: date
    valid_until: date
    revoked_on: date | None
    good: bool
    later: str


def certificate_of(actor: User, certificate_id: int) -> Certificate:
    """One certificate.

    Raises:
        PermissionDenied: the actor sees no credit at all.
        InputError: none in the actor's reach (404).
    """
    require_any(actor, permissions.VIEW, permissions.OWN, permissions.SCORE)
    rows = Certificate.objects.select_related("score__snapshot")
    found = rows.filter(pk=certificate_id if certificate_id <= _LARGEST else 0).first()
    if found is None:
        raise InputError("没有这份证明", how="请回到信用页面", status=404)
    return found


def check_certificate(code: str) -> Checked | None:
    """What stands behind a code; ``None`` where nothing does. No permission: whoever holds the paper may ask."""
    if not _CODE.fullmatch(code):
        return None
    with reaching_all():
        row = Certificate.objects.select_related("score__snapshot").filter(code=code).first()
        if row is None:
            return None
        score = row.score
        newest = (
            Score.objects.filter(party_id=row.party_id, current=True).order_by("-snapshot__month").first()
        )
        party = next(scored_parties(score.snapshot.day, [row.party_id]), None)
    name, _ = (
        public_name(score.name, credit_code=party.credit_code, legal_person=party.legal_person)
        if party
        else (score.name[:1] + "＊＊", True)
    )
    today = timezone.localdate()
    good = row.revoked_on is None and row.valid_until >= today and party is not None
    later = newest.grade if newest is not None and newest.grade != score.grade else ""
    title = grades_of(score.snapshot)[score.grade].title
    return Checked(
        name, score.grade, title, score.total, score.snapshot.day, row.issued_on, row.valid_until, row.revoked_on, good, later
    )  # fmt: skip
