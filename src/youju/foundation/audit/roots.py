"""The daily root: one hash over every segment's head, chained to the root before, published as a file.

A file is called ``2026-11-23.json``. Whoever keeps a copy elsewhere (printed, mailed, in another office) can later prove what
the trail was on that day: nothing before it can be changed unseen.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone

from youju.foundation.audit import verifying
from youju.foundation.audit.chain import root_hash
from youju.foundation.kernel import places
from youju.foundation.kernel.durable import write_whole
from youju.foundation.kernel.errors import InputError


def folder() -> Path:
    """Where roots are published: ``YOUJU_AUDIT_ROOTS``, best on another machine's disk, or ``var/audit/roots``."""
    return Path(os.environ.get("YOUJU_AUDIT_ROOTS") or places.var() / "audit" / "roots")


def published() -> Iterator[dict[str, Any]]:
    """The published roots, oldest first.

    Raises:
        InputError: a file in the folder is not readable as a root.
    """
    for path in sorted(folder().glob("*.json")):
        try:
            root = json.loads(path.read_text(encoding="utf-8"))
            if not isinstance(root, dict):
                raise ValueError("not an object")
        except (OSError, ValueError) as error:
            raise InputError(
                f"审计根文件 {path.name} 读不出来",
                where=str(path.parent),
                how="请从副本恢复这个文件，再核对一次",
            ) from error
        yield root


def stamp() -> tuple[str, int]:
    """The newest root's file and when it was written: cheaper than reading it, for who asks whether there is another one."""
    newest = max(folder().glob("*.json"), default=None)
    return (newest.name, newest.stat().st_mtime_ns) if newest else ("", 0)


def latest() -> dict[str, Any] | None:
    """The newest root, or ``None``."""
    last = None
    for last in published():  # noqa: B007
        pass
    return last


def publish(day: date | None = None) -> tuple[Path, bool]:
    """Publish the root of a day (today), once: the file, and whether it is new. Written beside, synced and renamed."""
    day = day or timezone.localdate()
    target = folder() / f"{day:%Y-%m-%d}.json"
    if target.exists():
        return target, False
    before = latest()
    if before and str(before["day"]) > f"{day:%Y-%m-%d}":
        raise InputError(f"已有更晚的审计根（{before['day']}）", how="审计根只能按日期先后公布")
    with verifying.snapshot():
        heads = [(each.number, each.length, each.head.hex()) for each in verifying.segments()]
    previous = before["root"] if before else None
    root = {
        "format": "youju-audit-root-1",
        "day": f"{day:%Y-%m-%d}",
        "published_at": timezone.now().isoformat(timespec="seconds"),
        "previous": previous,
        "entries": sum(length for _, length, _ in heads),
        "segments": heads,
        "root": root_hash(previous, f"{day:%Y-%m-%d}", heads),
    }
    _write(target, json.dumps(root, ensure_ascii=False, indent=1) + "\n")
    return target, True


def _write(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    write_whole(target, text.encode(), beside=target.with_suffix(f".{os.getpid()}.part"))
