"""How far a check has come."""

from __future__ import annotations

WAITING, DONE, FAILED = "waiting", "done", "failed"
STATES = {WAITING: "核对中", DONE: "已核对", FAILED: "没有读成"}
