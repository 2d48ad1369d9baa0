"""The files behind a version: the document that was imported, the one that ordered an adjustment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from youju.foundation.audit.services import record_read
from youju.foundation.files import selectors as files
from youju.foundation.files.services import attach, keep, release
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.performance.targets import events, models, permissions

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

SOURCE, ADJUSTMENT = "source", "adjustment"


def hold(preview: models.ImportPreview, content: bytes) -> None:
    """Keep an uploaded document with its preview. Inner step."""
    kept = keep(content, name=preview.filename, purpose="upload")
    attach(sha256=kept.sha256, subject=events.preview_subject(preview), name=preview.filename, role=SOURCE)


def let_go(preview: models.ImportPreview) -> None:
    """The preview needs its file no longer. Inner step."""
    release(subject=events.preview_subject(preview))


def hand_over(preview: models.ImportPreview, target_set: models.TargetSet) -> None:
    """What was imported goes from the preview to the version. Inner step."""
    for each in files.attachments(events.preview_subject(preview), SOURCE):
        attach(sha256=each.kept.sha256, subject=events.set_subject(target_set), name=each.name, role=SOURCE)
    let_go(preview)


def attach_file(target_set: models.TargetSet, *, name: str, content: bytes, role: str) -> None:
    """Keep a file with a version, in place of the one in that role. Inner step.

    Raises:
        InputError: the file is empty, too large, or of a kind that is not taken.
    """
    subject = events.set_subject(target_set)
    kept = keep(content, name=name, purpose="evidence")
    attach(sha256=kept.sha256, subject=subject, name=name, role=role)
    for each in files.attachments(subject, role):
        if each.kept.sha256 != kept.sha256:
            release(subject=subject, role=role, sha256=each.kept.sha256)


@transaction.atomic
def hand_out(*, actor: User, target_set_id: int, role: str) -> files.Attached:
    """A file of a version for its download, and a note in the trail that it was handed out.

    Raises:
        InputError: no such version, or it has no such file (404).
        PermissionDenied: the actor may not export.
    """
    require(actor, permissions.EXPORT)
    target_set = models.TargetSet.objects.filter(pk=target_set_id).first()
    subject = events.set_subject(target_set) if target_set else Subject("", "")
    found = files.attachments(subject, role) if target_set else []
    if not found:
        raise InputError(
            "这个版本没有保存来源文件", how="系统启用文件库之前导入的版本没有留下文件", status=404
        )
    record_read(events.SOURCE_READ, subject, fields=[found[-1].name])
    return found[-1]


@transaction.atomic
def note_download(*, actor: User, target_set_id: int, what: str) -> None:
    """Note that a version's content was taken away as a file; ``what`` says which part in which format.

    Raises:
        PermissionDenied: the actor may not export.
    """
    require(actor, permissions.EXPORT)
    target_set = models.TargetSet.objects.get(pk=target_set_id)
    record_read(events.DOWNLOADED, events.set_subject(target_set), fields=[what])
