"""Published target documents → frozen facts, by labels and never by position.

``read_document`` takes the bytes of a txt, docx, xlsx, html or pdf file; the kind is told by the content.
Whatever is wrong with them ends in one :class:`~youju.foundation.kernel.errors.InputError`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from youju.rules.performance.targets.facts import TargetDocument

if TYPE_CHECKING:
    from youju.foundation.documents.reading import Limits

__all__ = ["read_document", "read_path"]


def read_document(content: bytes, filename: str, *, limits: Limits | None = None) -> TargetDocument:
    """Read a published document of performance targets.

    Args:
        content: the whole file.
        filename: its name, used in error sentences only.
        limits: the bounds on size; those in force today when not given.

    Raises:
        InputError: the file cannot be read, is no target document, or contradicts itself.
    """
    from youju.foundation.documents.reading import read_blocks
    from youju.performance.targets.imports.assembling import assemble

    return assemble(read_blocks(content, filename, limits=limits), filename)


def read_path(path: Path | str, *, limits: Limits | None = None) -> TargetDocument:
    """Read a document from disk; its size is checked before a byte is read.

    Raises:
        InputError: as :func:`read_document`, or the path is missing, a folder, or may not be opened.
    """
    from youju.foundation.documents.reading import file_bytes

    return read_document(file_bytes(Path(path), limits=limits), Path(path).name, limits=limits)
