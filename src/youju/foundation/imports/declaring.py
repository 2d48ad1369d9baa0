"""How an app declares an import: columns, checks, what it would change, how it is stored and taken back.

The room does the rest: reading, staging, findings by cell, the annotated workbook, progress, one transaction, undo.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from youju.foundation.imports.kinds import Amount, BadCellError, Choice, Code, Day, Flag, Kind, Text, Whole

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

__all__ = [
    "Amount",
    "BadCellError",
    "Batch",
    "CellFinding",
    "Choice",
    "Code",
    "Column",
    "Day",
    "Effects",
    "Flag",
    "Importer",
    "Kind",
    "Row",
    "Text",
    "Whole",
    "find",
    "importers",
    "register_importer",
]


@dataclass(frozen=True)
class Column:
    """One column.

    Args:
        code: the name of the value, English.
        heading: what stands above it; ``aliases`` are taken as well. White space and brackets' width do not matter.
        kind: how its cells are read.
        required: whether the column must be there and no cell of it blank.
        unique: whether a value may stand once in a file.
        help: one sentence for the template's note.
        example: a cell for the template's example row.
    """

    code: str
    heading: str
    kind: Kind = field(default_factory=Text)
    aliases: tuple[str, ...] = ()
    required: bool = False
    unique: bool = False
    help: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row that was read: its number in the sheet (from 1) and its values in the order of the columns; blank is ``None``."""

    number: int
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class CellFinding:
    """Something about one cell: ``column`` is a code, or empty for the whole row. Only ``error`` stops a batch."""

    row: int
    column: str
    message: str
    severity: str = "error"


@dataclass(frozen=True, slots=True)
class Effects:
    """What a batch would do.

    Args:
        new, changed, unchanged: how many rows.
        sample: for the preview: (row number, what, before, after), a few dozen at most.
        token: a hash of what the rows were compared with; at the commit it must still be the same.
    """

    new: int
    changed: int
    unchanged: int
    token: str
    sample: tuple[tuple[int, str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """What an importer's functions get to know: which batch, whose, under which parameters, what ``store`` kept."""

    id: str
    actor: User
    parameters: Mapping[str, Any]
    rows: Sequence[Row] = ()
    kept: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Importer:
    """One import.

    Args:
        code: ``room.thing``, fixed for good.
        title: what people call it, Chinese.
        permission: who may use it; a value of ``identity.permissions.Permission``.
        columns: in the order of the template.
        store: writes the rows inside the commit's transaction (bulk tables by COPY: ``staging.copy_rows``) and records
            its own audit entries; returns JSON-able facts for ``undo`` and for the result page.
        check: looks at all rows together, after each cell was read.
        compare: what the batch would change, against what is stored now.
        consequences: sentences on what taking it back would touch; an ``InputError`` says why it can't be.
        undo: takes it back, inside one transaction.
        url: the page to go on to after a commit.
        description: one sentence for the list of imports.
        version: changes with the columns; stands in the template.
        private: its files hold personal data: only who may use the import sees its batches, and the files are let go
            once the batch is over.
    """

    code: str
    title: str
    permission: str
    columns: tuple[Column, ...]
    store: Callable[[Batch], Mapping[str, Any]]
    check: Callable[[Batch], Iterable[CellFinding]] | None = None
    compare: Callable[[Batch], Effects] | None = None
    consequences: Callable[[Batch], Sequence[str]] | None = None
    undo: Callable[[Batch], None] | None = None
    url: str = ""
    description: str = ""
    version: str = "1"
    private: bool = False

    def __post_init__(self) -> None:
        codes = [column.code for column in self.columns]
        if len(set(codes)) != len(codes):
            raise ValueError(f"importer {self.code}: a column's code stands twice")

    def index(self, code: str) -> int:
        """The place of a column.

        Raises:
            ValueError: there is none of the code.
        """
        return [column.code for column in self.columns].index(code)


_importers: dict[str, Importer] = {}


def register_importer(importer: Importer) -> None:
    """Make an import known; call it in ``AppConfig.ready``. A second one of the code replaces the first."""
    _importers[importer.code] = importer


def find(code: str) -> Importer | None:
    """The import with the code."""
    return _importers.get(code)


def importers() -> tuple[Importer, ...]:
    """Every import, by title."""
    return tuple(sorted(_importers.values(), key=lambda each: each.title))
