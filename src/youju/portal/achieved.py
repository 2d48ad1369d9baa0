"""How far the year has come: each project's rows, money and score side by side, each opening onto what it was computed from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse

from youju.foundation.identity.permissions import Permission, allowed
from youju.funds.payments import selectors as payments
from youju.performance.evaluation import selectors as evaluation
from youju.performance.measures.selectors import pages as measures
from youju.performance.targets import selectors as targets


@dataclass(frozen=True, slots=True)
class ProjectStanding:
    """A project: how many of its rows are reached, missed or without a value; money spent in per cent; the score that counts."""

    name: str
    url: str
    rows: int
    met: int
    missed: int
    without: int
    spent: Decimal | None
    score: Decimal | None
    grade: str
    score_url: str

    @property
    def share(self) -> int:
        """Rows reached, in whole per cent of all."""
        return self.met * 100 // self.rows if self.rows else 0


@dataclass(frozen=True, slots=True)
class YearStanding:
    """A year up to a day. Columns that the reader may not see are not drawn."""

    year: int
    until: date
    projects: tuple[ProjectStanding, ...]
    rows: int
    met: int
    missed: int
    spent: Decimal | None
    sees_money: bool
    sees_scores: bool


def year_standing(user: Any) -> YearStanding | None:
    """The latest year's standing for who may see measures; ``None`` without targets.

    Raises:
        PermissionDenied: the user may not see measures.
    """
    if targets.active_set() is None:
        return None
    page = measures.overview(actor=user)
    year = page.target_set.fiscal_year
    sees_money = allowed(user, Permission.FUNDS_VIEW)
    sees_scores = allowed(user, Permission.EVALUATION_VIEW)
    board = payments.board(actor=user, year=year, day=page.until) if sees_money else None
    spent = {each.project.code: each.executed for each in board.lines if each.project} if board else {}
    scores = evaluation.results(year) if sees_scores else {}
    projects = []
    for group in page.groups:
        scored = scores.get(group.code)
        projects.append(
            ProjectStanding(
                name=group.name,
                url=reverse("measures:project", args=[year, group.code]),
                rows=len(group.rows),
                met=group.met,
                missed=group.missed,
                without=group.without,
                spent=spent.get(group.code),
                score=scored.total if scored else None,
                grade=scored.grade if scored else "",
                score_url=scored.url if scored else "",
            )
        )
    return YearStanding(
        year=year,
        until=page.until,
        projects=tuple(projects),
        rows=len(page.rows),
        met=page.met,
        missed=page.missed,
        spent=board.total.executed if board else None,
        sees_money=sees_money,
        sees_scores=sees_scores and bool(scores),
    )
