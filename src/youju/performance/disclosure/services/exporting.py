"""The public site as files, in a folder or a zip."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.performance.disclosure import events, permissions
from youju.performance.disclosure.documents.site.files import whole_site
from youju.performance.disclosure.selectors.releases import public_releases

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_MOMENT = (1980, 1, 1, 0, 0, 0)


@transaction.atomic
def export_zip(*, actor: User) -> bytes:
    """Everything that is public as one zip; the same releases give the same bytes.

    Raises:
        PermissionDenied: the actor exports nothing.
        InputError: nothing is public yet (409).
    """
    require(actor, permissions.EXPORT)
    files = _files("")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for path, content in files.items():
            package.writestr(zipfile.ZipInfo(path, _MOMENT), content, zipfile.ZIP_DEFLATED)
    _noted(len(files))
    return buffer.getvalue()


@transaction.atomic
def export_folder(*, folder: Path, base: str = "") -> list[str]:
    """Write the site into a folder, for the machine's own command line; the paths that were written.

    Args:
        folder: made where it is not there; must be empty or hold an earlier export.
        base: the address under which the site will stand, for the sitemap.

    Raises:
        InputError: nothing is public, or the folder holds something else.
    """
    if folder.exists() and (
        not folder.is_dir() or (any(folder.iterdir()) and not (folder / "manifest.json").exists())
    ):
        raise InputError(
            "这个文件夹里有别的东西", where=str(folder), how="请给一个空文件夹，或上次导出的文件夹"
        )
    files = _files(base)
    known = {folder / path for path in files}
    if folder.exists():
        for old in folder.rglob("*"):
            if old.is_file() and old not in known:
                old.unlink()  # what was withdrawn since the last export must not stay
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    _noted(len(files))
    return sorted(files)


def _files(base: str) -> dict[str, bytes]:
    releases = public_releases()
    if not releases:
        raise InputError("还没有公开过任何内容", how="请先编制并批准公开", status=409)
    return whole_site(releases, base=base or f"{settings.PUBLIC_URL or 'http://localhost:8000'}/open")


def _noted(files: int) -> None:
    record(events.EXPORTED, Subject(events.SITE_KIND, "site", "公开网站"), None, {"files": files})
