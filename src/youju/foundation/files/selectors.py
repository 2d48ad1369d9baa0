"""Reading kept files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from youju.foundation.files.kinds import KINDS, Kind
from youju.foundation.files.models import Attachment, Content
from youju.foundation.files.stores import store
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject


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


def read_kept(sha256: str) -> bytes:
    """The whole content.

    Raises:
        InputError: it is missing from the store (404), with what to do.
    """
    try:
        with open_kept(sha256) as file:
            return file.read()
    except FileNotFoundError as error:
        raise InputError(
            "保存的文件不见了",
            where=sha256[:12],
            how="请系统管理员运行 youju files check，并从备份恢复",
            status=404,
        ) from error


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
