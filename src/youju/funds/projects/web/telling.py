"""Files from forms."""

from __future__ import annotations

from django.http import HttpRequest

from youju.foundation.files.services import keep


def kept_file(request: HttpRequest, field: str = "file") -> list[tuple[str, str]]:
    """The uploaded file of a field, kept as evidence: (sha256, name), or nothing.

    Raises:
        InputError: it is empty, too large or of a kind that is not taken.
    """
    file = request.FILES.get(field)
    if file is None:
        return []
    kept = keep(file.file, name=file.name or "文件", purpose="evidence")  # type: ignore[arg-type]
    return [(kept.sha256, kept.name)]
