"""Reading of documents: the bytes of a file → paragraphs and tables, whatever its kind.

The kind is told by the content, never by the name. Every fault of the content ends in one ``InputError``;
nothing is fetched, no entity is expanded, and no more is unpacked than the policies allow.
"""

from __future__ import annotations

from youju.foundation.documents.reading.blocks import SOFT_BREAK, Block, Cell, Covered, Paragraph, Table
from youju.foundation.documents.reading.files import file_bytes, read_blocks
from youju.foundation.documents.reading.kinds import FileKind, kind_of
from youju.foundation.documents.reading.limits import Limits, limits_on, limits_today

__all__ = [
    "SOFT_BREAK",
    "Block",
    "Cell",
    "Covered",
    "FileKind",
    "Limits",
    "Paragraph",
    "Table",
    "file_bytes",
    "kind_of",
    "limits_on",
    "limits_today",
    "read_blocks",
]
