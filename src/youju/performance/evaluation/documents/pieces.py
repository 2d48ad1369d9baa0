"""Parts of a paper before it is a file: sentences of text and figures, tables of cells, pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from youju.foundation.documents.templates import Figure
from youju.performance.targets.documents.form import Cell, Row

Piece = str | Figure
"""A stretch of a sentence: words, or a number with its code."""
Paper = Mapping[str, Any]
"""What ``selectors.papers`` gives."""
SELF, DEPARTMENT, KEY = "evaluation.self", "evaluation.department", "evaluation.key"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A paragraph."""

    pieces: Sequence[Piece]
    style: str = "text"

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(each if isinstance(each, str) else each.value for each in self.pieces)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: rows, widths of the columns in millimetres (166 in all), caption; ``header`` rows are repeated."""

    rows: Sequence[Row]
    widths: Sequence[float]
    caption: str = ""
    header: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart's definition (Altair) with its caption."""

    chart: Any
    caption: str


Block = Sentence | Grid | Picture


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a report: its heading and what stands below."""

    title: str
    blocks: Sequence[Block]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report."""

    title: str
    subtitle: Sequence[str]
    parts: Sequence[Part]
    subject: str
    author: str = ""
    meta: Mapping[str, str] = field(default_factory=dict)


def said(text: str) -> Sentence:
    """A paragraph of words alone."""
    return Sentence((text,))


def figure(value: str, code: str, paper: Paper, *, unit: str = "", row: int | None = None) -> Piece:
    """A number of a paper; without a value a dash, which measures nothing."""
    if not value:
        return "—"
    key = paper.get("project_code") or str(paper["year"])
    kind = SELF if "project_code" in paper else DEPARTMENT
    subject = f"{kind}:{key}" + (f"#{row}" if row else "")
    return Figure(value, code, unit, str(paper["year"]), subject)


def actual(row: Mapping[str, Any], paper: Paper) -> Piece:
    """What a row came to, with the codes of its measures; a signed statement and a judged tier say so in theirs."""
    codes = "+".join(each["metric"] for each in row["measures"])
    if not codes:
        codes = "evaluation.attested" if row["basis"] == "attested" else "evaluation.judged"
    return figure(row["actual"], codes, paper, row=row["number"])


def cell(piece: Piece, look: Any = "amount", *, columns: int = 1, rows: int = 1) -> Cell:
    """A cell of one number or text."""
    if isinstance(piece, str):
        return Cell((piece,), look, columns, rows)
    return Cell((piece.value,), look, columns, rows, piece)


def label(text: str, *, columns: int = 1, rows: int = 1) -> Cell:
    """A cell of a heading."""
    return Cell((text,), "label", columns, rows)


def text(words: str, *, columns: int = 1, rows: int = 1) -> Cell:
    """A cell of running text, a line a paragraph."""
    return Cell(tuple(words.split("\n")) or ("",), "text", columns, rows)


def merged(rows: Sequence[Mapping[str, Any]], name: str, upto: Sequence[str] = ()) -> list[int]:
    """How many rows from each one on have the same words under ``name`` (and under ``upto``); 0 where one above covers it."""
    spans = [0] * len(rows)
    start = 0
    for place in range(1, len(rows) + 1):
        same = place < len(rows) and all(rows[place][key] == rows[start][key] for key in (*upto, name))
        if not same:
            spans[start] = place - start
            start = place
    return spans
