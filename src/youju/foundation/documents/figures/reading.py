"""Figures back from a file: by its kind, each with its code, what is printed now and what was printed at first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from youju.foundation.documents.figures.sheet import FigureSheet, normal
from youju.foundation.documents.reading.kinds import FileKind, kind_of
from youju.foundation.documents.reading.limits import Limits, limits_today
from youju.foundation.documents.templates import Figure, Origin
from youju.foundation.kernel.errors import InputError

_WANTED = "请提供由本系统生成的 docx、xlsx 或 pdf 原件"


class State(StrEnum):
    """How a figure stands in the file; the values are the words that people read."""

    SAME = "未改动"
    CHANGED = "已被改动"
    MISSING = "已被删去"


@dataclass(frozen=True, slots=True)
class Found:
    """One figure in a file.

    Args:
        code: of the measure.
        value: as printed now; empty where it is missing.
        recorded: as printed when the file was made.
        unit: as the figure's.
        period: as the figure's.
        subject: as the figure's.
        place: where it stands, in Chinese.
        state: whether it is still what was printed.
    """

    code: str
    value: str
    recorded: str
    unit: str
    period: str
    subject: str
    place: str
    state: State


@dataclass(frozen=True, slots=True)
class Spot:
    """A place marked in a file: the number of its figure, the text there now, where that is."""

    number: int
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a file says of its figures, in the order of their places; the missing ones last."""

    origin: Origin | None
    figures: tuple[Found, ...]

    @property
    def untouched(self) -> bool:
        """Whether every figure stands as it was printed."""
        return all(found.state is State.SAME for found in self.figures)


def read_figures(content: bytes, name: str, *, limits: Limits | None = None) -> list[Found]:
    """The figures of a file.

    Args:
        content: the whole file.
        name: its name, for error sentences alone.
        limits: bounds on size; those in force today when not given.

    Raises:
        InputError: no docx, xlsx or pdf, damaged, beyond the bounds, or without figures of this product.
    """
    return list(recognise(content, name, limits=limits).figures)


def recognise(content: bytes, name: str, *, limits: Limits | None = None) -> Reading:
    """As ``read_figures``, with the template and the data of which the file was made."""
    bounds = limits or limits_today()
    bounds.check_file(len(content), name)
    sheet, spots = _read(content, name, bounds)
    if sheet is None:
        raise InputError("文件里没有带代码的数字", where=name, how=_WANTED)
    return Reading(sheet.origin, tuple(_compare(sheet, spots)))


def _read(content: bytes, name: str, bounds: Limits) -> tuple[FigureSheet | None, list[Spot]]:
    """Import a reader only when it is needed."""
    kind = kind_of(content, name)
    try:
        if kind is FileKind.ZIP:
            from youju.foundation.documents.figures import word, workbook
            from youju.foundation.documents.reading.packages import Package

            with Package(content, name, bounds) as package:
                return word.read(package) if package.is_word else workbook.read(package, bounds)
        if kind is FileKind.PDF:
            from youju.foundation.documents.figures import paper

            return paper.read(content, name, bounds)
    except (MemoryError, RecursionError) as error:
        raise InputError("文件的结构过于复杂，读不了", where=name, how=_WANTED) from error
    raise InputError("这种文件里不会有带代码的数字", where=name, how=_WANTED)


def _compare(sheet: FigureSheet, spots: list[Spot]) -> Iterator[Found]:
    figures = dict(enumerate(sheet.figures, 1))
    for spot in spots:
        figure = figures.get(spot.number)
        if figure is not None:
            text = normal(spot.text)
            same = text == normal(figure.value)
            state = State.SAME if same else State.CHANGED if text else State.MISSING
            yield _found(figure, text, spot.place, state)
    seen = {spot.number for spot in spots}
    for number, figure in figures.items():
        if number not in seen:
            yield _found(figure, "", "", State.MISSING)


def _found(figure: Figure, value: str, place: str, state: State) -> Found:
    return Found(figure.code, value, figure.value, figure.unit, figure.period, figure.subject, place, state)
