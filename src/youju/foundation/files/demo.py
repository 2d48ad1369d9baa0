"""Files of the demo's records, many at once: the trail holds that the demo was loaded, not each of them."""

from __future__ import annotations

from collections.abc import Iterable

from youju.foundation.database.copying import write
from youju.foundation.files.models import Attachment
from youju.foundation.files.selectors import Kept

_COLUMNS = ("content_id", "subject_kind", "subject_key", "role", "name", "attached_by")


def write_attachments(kind: str, rows: Iterable[tuple[str, str, Kept, str]]) -> None:
    """Tie kept contents to records of one kind.

    Args:
        kind: of the subjects.
        rows: the subject's key, the role, the content, the username of whoever brought it.
    """
    write(
        Attachment,
        _COLUMNS,
        (
            dict(zip(_COLUMNS, (kept.sha256, kind, key, role, kept.name, by), strict=True))
            for key, role, kept, by in rows
        ),
    )
