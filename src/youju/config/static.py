"""Static files, gathered under hashed names when one of them has changed."""

from __future__ import annotations

import hashlib
from pathlib import Path


def gather() -> bool:
    """Fill ``var/static`` where a source file is newer or another than last time; whether anything was done."""
    from django.conf import settings
    from django.core.management import call_command

    root = Path(settings.STATIC_ROOT)
    mark, note = _mark(), root / ".gathered"
    if note.exists() and note.read_text(encoding="ascii") == mark:
        return False
    call_command("collectstatic", verbosity=0, interactive=False, clear=root.exists())
    note.write_text(mark, encoding="ascii")
    return True


def _mark() -> str:
    """A mark of all source files by name, time and size: a few milliseconds, where hashing them would take longer."""
    from django.contrib.staticfiles.finders import get_finders

    mark = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            state = Path(storage.path(name)).stat()
            mark.update(f"{storage.path(name)}|{state.st_mtime_ns}|{state.st_size}\n".encode())
    return mark.hexdigest()
