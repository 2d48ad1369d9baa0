"""Reading kept files."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from youju.foundation.files.kinds import KINDS, Kind
from youju.foundation.files.models import Attachment, Content
from youju.foundation.files.stores import store
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject

_HOW = "请系统管理员运行 youju files check，并从备份恢复"


@dataclass(frozen=True, slots=True)
class Kept:
    """A content as other rooms see it. ``size`` in bytes; ``name`` as given by whoever kept it, cleaned."""

    sha256: str
    size: int
    kind: Kind
    name: str = ""

    @property
    def media_type(self) -> str:
        """As in the header ``Content-Type``."""
        return self.kind.media_type


@dataclass(frozen=True, slots=True)
class Attached:
    """A record's file."""

    id: int
    kept: Kept
    name: str
    role: str
    by: str
    at: datetime


def open_kept(sha256: str) -> BinaryIO:
    """The content for reading.

    Raises:
        FileNotFoundError: it is not in the store.
    """
    return store().open(sha256)


def open_whole(kept: Kept, *, name: str = "") -> BinaryIO:
    """The content for reading, after its size was compared with what was kept; ``youju files check`` compares all of it.

    Raises:
        InputError: it is missing from the store (404) or damaged (409), with what to do.
    """
    where = name or kept.name or kept.sha256[:12]
    try:
        file = open_kept(kept.sha256)
    except FileNotFoundError as error:
        raise InputError("保存的文件不见了", where=where, how=_HOW, status=404) from error
    if file.seek(0, 2) != kept.size:
        file.close()
        raise InputError("保存的文件已损坏", where=where, how=_HOW, status=409)
    file.seek(0)
    return file


def read_kept(sha256: str) -> bytes:
    """The whole content, after it was compared with its hash.

    Raises:
        InputError: it is missing from the store (404) or damaged (409), with what to do.
    """
    try:
        with open_kept(sha256) as file:
            content = file.read()
    except FileNotFoundError as error:
        raise InputError("保存的文件不见了", where=sha256[:12], how=_HOW, status=404) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise InputError("保存的文件已损坏", where=sha256[:12], how=_HOW, status=409)
    return content


def describe(sha256: str, name: str = "") -> Kept | None:
    """What is known of a content, or ``None``."""
    row = Content.objects.filter(pk=sha256).first()
    return Kept(row.sha256, row.size, KINDS[row.kind], name) if row else None


def attachments(subject: Subject, role: str = "") -> list[Attached]:
    """The files of a record, in the order in which they came."""
    rows = Attachment.objects.filter(subject_kind=subject.kind, subject_key=subject.key).select_related(
        "content"
    )
    if role:
        rows = rows.filter(role=role)
    return [attached(row) for row in rows]


def attached(row: Attachment) -> Attached:
    """A row as frozen data."""
    kept = Kept(row.content.sha256, row.content.size, KINDS[row.content.kind], row.name)
    return Attached(row.pk, kept, row.name, row.role, row.attached_by, row.attached_at)
