"""What the lake says when it cannot go on."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class LakeError(RuntimeError):
    """One sentence in Chinese; nothing of the lake is lost when it is raised.

    Args:
        what: what is wrong.
        how: how to mend it.
    """

    def __init__(self, what: str, *, how: str = "") -> None:
        self.what, self.how = what, how
        super().__init__(f"{what}；{how}。" if how else f"{what}。")


class ManifestError(LakeError):
    """The manifest cannot be read: a lake anew mends it, as everything in the lake comes from the database."""


@contextmanager
def disk_said(folder: Path) -> Iterator[None]:
    """Within the block, a disk that is full or not ours to write becomes one sentence."""
    import duckdb

    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise _full(folder) from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise LakeError(f"不能写数据湖的文件夹 {folder}", how="请检查它的权限") from error
        raise
    except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
        text = str(error)
        if "No space left" in text or "quota" in text.lower() or "max_temp_directory_size" in text:
            raise _full(folder) from error
        raise


def _full(folder: Path) -> LakeError:
    return LakeError(f"磁盘满了，数据湖 {folder} 保持原样", how="请腾出空间后再刷新")
