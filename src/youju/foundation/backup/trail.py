"""The restored audit trail, checked before anybody relies on it: its chain, and the witnesses that came with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from youju.foundation.backup.archive import Progress
from youju.foundation.kernel.errors import InputError


def check_trail(database: str, staged: Path, progress: Progress) -> int:
    """Check the chain of the named database against the witnesses and roots in ``staged``; how many entries it has.

    Raises:
        InputError: it is not intact.
    """
    from django.db import connection

    from youju.foundation.audit import verifying
    from youju.foundation.audit.checking import Check, check_roots

    check = Check()
    check_roots((_root(path) for path in sorted((staged / "roots").glob("*.json"))), check)
    for path in sorted((staged / "witness").glob("*.txt")):
        for line in path.read_text(encoding="ascii", errors="replace").splitlines():
            parts = line.split()
            if len(parts) == 3 and parts[0].isdigit() and parts[1].isdigit() and len(parts[2]) == 64:
                check.witnesses.add(int(parts[0]), int(parts[1]), parts[2], f"见证文件 {path.name}")
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = database
    try:
        with verifying.snapshot():
            heads = verifying.segments()
            total = sum(head.length for head in heads)
            for head in heads:
                check.segment(head, verifying.entries(head.number))
                progress("核对审计记录", check.entries, total)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
    check.finish()
    if check.faults:
        raise InputError(
            f"恢复出来的审计记录不完好（{check.findings[0].sentence}）",
            how="现有的数据没有动过；请换一份更早的备份，并保留这一份以便查原因",
        )
    return check.entries


def _root(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise InputError(f"备份里的审计根 {path.name} 读不出来", how="现有的数据没有动过；请换一份备份")
    return found
