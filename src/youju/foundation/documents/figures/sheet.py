"""The list of figures that a file carries beside its text: what each one measures and what was printed for it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from youju.foundation.documents.templates import Figure, Origin

FORM = 1
"""The form of the list; raised when it is written in another way."""
_FIELDS = ("code", "value", "unit", "period", "subject")


@dataclass(slots=True)
class FigureSheet:
    """Collects the figures while a file is written; ``origin`` says of which template and data the file was made."""

    origin: Origin | None = None
    figures: list[Figure] = field(default_factory=list)

    def add(self, figure: Figure) -> int:
        """Take a figure in; its number in this file, from 1."""
        self.figures.append(figure)
        return len(self.figures)


def normal(text: str) -> str:
    """A value as it is compared: white space at the ends and the kind of a line end do not count."""
    return "\n".join(
        line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    ).strip()


def rows_of(sheet: FigureSheet) -> list[tuple[str, ...]]:
    """The figures as rows of texts, in the order of their numbers."""
    return [tuple(str(getattr(figure, name)) for name in _FIELDS) for figure in sheet.figures]


def dump(sheet: FigureSheet) -> dict[str, Any]:
    """The list as plain data."""
    origin = asdict(sheet.origin) if sheet.origin else None
    return {"youju_figures": FORM, "origin": origin, "figures": [list(row) for row in rows_of(sheet)]}


def load(data: object) -> FigureSheet | None:
    """The list from plain data of unknown make; ``None`` where it is none, and without the rows that are out of form."""
    if not isinstance(data, dict) or data.get("youju_figures") != FORM:
        return None
    return FigureSheet(load_origin(data.get("origin")), load_rows(data.get("figures")))


def load_text(text: str | bytes) -> FigureSheet | None:
    """The list from JSON of unknown make."""
    try:
        return load(json.loads(text))
    except (ValueError, RecursionError):
        return None


def load_origin(data: object) -> Origin | None:
    """An origin from plain data; ``None`` where a part is missing."""
    names = ("template", "version", "template_hash", "context_hash")
    if not isinstance(data, dict) or not all(
        isinstance(data.get(name), str) and data[name] for name in names
    ):
        return None
    return Origin(*(data[name] for name in names))


def load_rows(rows: object) -> list[Figure]:
    """Figures from rows of texts. A broken row keeps its place, so that the numbers of the others stay right."""
    figures = []
    for row in rows if isinstance(rows, Sequence) and not isinstance(rows, str | bytes) else []:
        cells = (
            [cell if isinstance(cell, str) else "" for cell in row] if isinstance(row, list | tuple) else []
        )
        code, value, unit, period, subject = [*cells, "", "", "", "", ""][:5]
        figures.append(Figure(value or "?", code or "?", unit, period, subject))
    return figures
