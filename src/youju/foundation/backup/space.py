"""Room on a disk, asked before the work begins."""

from __future__ import annotations

import shutil
from pathlib import Path

from youju.foundation.kernel.errors import InputError

_GIGABYTE = 1_000_000_000


def need(folder: Path, size: int, what: str) -> None:
    """Refuse to begin what will not fit.

    Raises:
        InputError: less than ``size`` bytes are free where the folder lies.
    """
    there = next(each for each in (folder, *folder.parents) if each.exists())
    free = shutil.disk_usage(there).free
    if free < size:
        raise InputError(
            f"磁盘空间不够{what}：约需 {size / _GIGABYTE:.1f} GB，剩余 {free / _GIGABYTE:.1f} GB",
            where=str(there),
            how="请腾出空间，或换一个磁盘",
        )
