"""``export``: the trail as it stands at one moment, and the published roots, into a pack."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from youju.foundation.audit import roots, verifying
from youju.foundation.audit.packs import Writer

Progress = Callable[[int, int], None]
_TICK = 5_000


def export(target: Path, progress: Progress = lambda _done, _total: None) -> dict[str, Any]:
    """Write the pack; gives its manifest (counts and sha256). Two exports of one state are equal byte for byte.

    Raises:
        InputError: the target exists, or cannot be written.
    """
    writer = Writer(target)
    try:
        known = list(roots.published())
        with verifying.snapshot():
            heads = verifying.segments()
            total = sum(head.length for head in heads)
            for head in heads:
                writer.segment(head, _counted(verifying.entries(head.number), writer, progress, total))
        for root in known:
            writer.root(root)
        manifest = writer.close()
    except BaseException:
        writer.abandon()
        raise
    progress(total, total)
    return manifest


def _counted(
    rows: Iterator[verifying.Row], writer: Writer, progress: Progress, total: int
) -> Iterator[verifying.Row]:
    for row in rows:
        if writer.counts["entries"] % _TICK == 0:
            progress(writer.counts["entries"], total)
        yield row
