"""Checks as lists and one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from youju.foundation.files.selectors import Attached, attachments
from youju.foundation.identity.permissions import allowed, require
from youju.foundation.jobs.selectors import RunView
from youju.foundation.jobs.selectors import run as job_run
from youju.foundation.kernel.errors import InputError
from youju.performance.report_checks import events, permissions
from youju.performance.report_checks.models import ReportCheck
from youju.performance.targets.selectors import active_sets
from youju.rules.performance.report_checks.states import DONE, WAITING

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

PART = 300
"""Passages on one page of a report."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a passage: plain, or a figure with its verdict and its place in the list of verdicts."""

    text: str
    verdict: dict[str, Any] | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a table as rows of cells, each in pieces."""

    number: int
    pieces: tuple[Piece, ...] = ()
    rows: tuple[tuple[tuple[Piece, ...], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class CheckPage:
    """One run: a part of its text with marks, the findings beside it, the runs of the same file."""

    row: ReportCheck
    blocks: tuple[Block, ...]
    part: int
    parts: int
    findings: tuple[tuple[int, int, dict[str, Any]], ...]
    job: RunView | None
    later: ReportCheck | None
    may_run: bool
    may_export: bool


def checks(
    actor: User, *, text: str = "", year: int | None = None, faulty: bool = False
) -> QuerySet[ReportCheck]:
    """The runs, the newest first; the long columns stay behind.

    Raises:
        PermissionDenied: the actor sees no checks.
    """
    require(actor, permissions.VIEW)
    rows = ReportCheck.objects.defer("facts", "result", "changes")
    if text:
        rows = rows.filter(name__icontains=text.replace("\0", ""))
    if year:
        rows = rows.filter(year=year)
    return rows.filter(disagrees__gt=0) if faulty else rows


def check_of(actor: User, check_id: int) -> ReportCheck:
    """One run.

    Raises:
        PermissionDenied: the actor sees no checks.
        InputError: there is none (404).
    """
    require(actor, permissions.VIEW)
    row = ReportCheck.objects.filter(pk=check_id).first()
    if row is None:
        raise InputError("没有这次核对", how="请从列表里选择", status=404)
    return row


def check_page(actor: User, check_id: int, *, part: int = 1) -> CheckPage:
    """One run with a part of its text. Three queries, however long the report.

    Raises:
        PermissionDenied: the actor sees no checks.
        InputError: there is none (404).
    """
    row = check_of(actor, check_id)
    passages = row.result.get("passages", [])
    parts = max(1, -(-len(passages) // PART))
    part = min(max(1, part), parts)
    verdicts = row.result.get("verdicts", [])
    shown = [(number, each["passage"] // PART + 1, each) for number, each in enumerate(verdicts, 1)
             if each["outcome"] == "disagrees" or each["rule"]]  # fmt: skip
    return CheckPage(
        row=row,
        blocks=tuple(_blocks(passages, verdicts, (part - 1) * PART, part * PART)),
        part=part,
        parts=parts,
        findings=tuple(shown),
        job=job_run(row.run) if row.run and row.state == WAITING else None,
        later=ReportCheck.objects.defer("facts", "result").filter(follows=row).first(),
        may_run=allowed(actor, permissions.RUN) and row.state == DONE,
        may_export=allowed(actor, permissions.EXPORT) and row.state == DONE,
    )


def _blocks(
    passages: Sequence[dict[str, Any]], verdicts: Sequence[dict[str, Any]], first: int, end: int
) -> list[Block]:
    by_passage: dict[int, list[tuple[int, dict[str, Any]]]] = {}
    for number, each in enumerate(verdicts, 1):
        by_passage.setdefault(each["passage"], []).append((number, each))
    found: list[Block] = []
    rows: dict[int, list[tuple[Piece, ...]]] = {}
    table = 0
    for place in range(first, min(end, len(passages))):
        passage = passages[place]
        pieces = _pieces(passage["text"], by_passage.get(place, ()))
        number = passage.get("table", 0)
        if rows and number != table:
            found.append(Block(place, rows=tuple(tuple(each) for each in rows.values())))
            rows = {}
        if number:
            rows.setdefault(passage["row"], []).append(pieces)
        else:
            found.append(Block(place, pieces=pieces))
        table = number
    if rows:
        found.append(Block(end, rows=tuple(tuple(each) for each in rows.values())))
    return found


def _pieces(text: str, verdicts: Sequence[tuple[int, dict[str, Any]]]) -> tuple[Piece, ...]:
    found, place = [], 0
    for number, each in verdicts:
        if each["start"] > place:
            found.append(Piece(text[place : each["start"]]))
        found.append(Piece(text[each["start"] : each["end"]], each, number))
        place = each["end"]
    if place < len(text):
        found.append(Piece(text[place:]))
    return tuple(found)


def years() -> list[int]:
    """The years whose reports can be checked: those with targets, the latest first."""
    return sorted({each.fiscal_year for each in active_sets()}, reverse=True)


def original_of(row: ReportCheck) -> Attached | None:
    """The file as it was uploaded."""
    return next(iter(attachments(events.subject_of(row), "report")), None)
