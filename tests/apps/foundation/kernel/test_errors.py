"""Why the system refused a file is said in Chinese."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from youju.foundation.kernel.errors import reason_of


def test_the_usual_reasons(tmp_path: Path) -> None:
    told = []
    for path in (tmp_path / "none", tmp_path, tmp_path / ("x" * 300)):
        with pytest.raises(OSError, match="Errno") as refused:
            path.read_bytes()
        told.append(reason_of(refused.value))
    assert told == ["没有这个文件或文件夹", "这是文件夹，不是文件", "文件名太长"]


def test_a_full_disk() -> None:
    assert reason_of(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))) == "磁盘已满"


def test_what_is_not_known_is_told_as_the_system_does() -> None:
    assert reason_of(OSError(errno.EXDEV, "Invalid cross-device link")) == "Invalid cross-device link"
    assert reason_of(OSError("odd")) == "odd"
