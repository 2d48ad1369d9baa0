"""Templates of documents: plain data in, the bytes of a file out, and figures that keep their codes.

An app declares a ``Template`` and registers it in ``AppConfig.ready``. Nothing here starts Django: the command line
writes the same forms without a database.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from youju.foundation.kernel.errors import InputError

Context = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a document together with what it measures.

    Args:
        value: as printed, never empty.
        code: of the measure, for example ``targets.budget``; readable from the file again.
        unit: of the value, where it does not stand in it: ``万元``.
        period: of the value: ``2023`` or ``2023-06``.
        subject: whose number it is, as ``kind:key``.
    """

    value: str
    code: str
    unit: str = ""
    period: str = ""
    subject: str = ""

    def __post_init__(self) -> None:
        if not self.value or not self.code:
            raise ValueError("a figure has a value and a code")


@dataclass(frozen=True, slots=True)
class Origin:
    """Of which template and of which data a file was made; it stands in the file. Hashes are sha256 in hex."""

    template: str
    version: str
    template_hash: str
    context_hash: str


@dataclass(frozen=True, slots=True)
class Template:
    """How one kind of document is made.

    Args:
        code: ``room.document``, fixed for good.
        title: what people call it; Chinese.
        version: raised by whoever changes what it says; the hash tells every other change.
        formats: the endings it can be made with.
        render: (context, format) → the file; the same context gives the same bytes. Raises ``InputError`` for a context
            that cannot be printed.
        sources: the files that decide what it looks like.
        permission: who may ask for it; empty where the calling service has asked already.
    """

    code: str
    title: str
    version: str
    formats: tuple[str, ...]
    render: Callable[[Context, str], bytes]
    sources: tuple[Path, ...]
    permission: str = ""

    @property
    def hash(self) -> str:
        """The sha256 of version and sources: it changes whenever the look or the words may."""
        digest = hashlib.sha256(f"{self.code}\n{self.version}\n".encode())
        for path in self.sources:
            content = path.read_bytes()
            digest.update(f"{path.name} {len(content)}\n".encode())
            digest.update(content)
        return digest.hexdigest()

    def origin(self, context: Context) -> Origin:
        """What a file made of this context says of itself."""
        return Origin(self.code, self.version, self.hash, context_hash(context))

    def check_format(self, format: str) -> None:
        """Refuse an ending that the template cannot be made with (400)."""
        if format not in self.formats:
            raise InputError(
                f"“{self.title}”不能生成 {format} 格式", how=f"可选 {'、'.join(self.formats)}", status=400
            )


_known: dict[str, Template] = {}


def register_template(template: Template) -> Template:
    """Make a template known; a second registration of the code replaces the first."""
    _known[template.code] = template
    return template


def template_of(code: str) -> Template:
    """The template of a code.

    Raises:
        InputError: there is none (404).
    """
    if code not in _known:
        raise InputError(f"没有名为“{code}”的文书模板", how="请从页面上重新选择", status=404)
    return _known[code]


def templates() -> tuple[Template, ...]:
    """Every registered template, by code."""
    return tuple(_known[code] for code in sorted(_known))


def plain(context: Context) -> str:
    """The context as canonical JSON: one text for one content.

    Raises:
        TypeError: it holds something that is no plain data.
        ValueError: it holds a number that JSON has not.
    """
    # Pure ASCII: neither a NUL nor half a character then troubles whoever keeps it.
    return json.dumps(context, sort_keys=True, separators=(",", ":"), allow_nan=False)


def context_hash(context: Context) -> str:
    """The sha256 of the canonical JSON, in hex."""
    return hashlib.sha256(plain(context).encode()).hexdigest()
