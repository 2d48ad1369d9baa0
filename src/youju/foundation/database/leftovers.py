"""What an ended product may have left behind: a server without its supervisor, or a stale ``postmaster.pid``."""

from __future__ import annotations

import signal
from contextlib import suppress
from pathlib import Path

from youju.foundation.database.processes import end_process, taken, wait_for_end

STOP_GENTLY = (signal.SIGINT, 60.0)
STOP_AT_ONCE = (signal.SIGQUIT, 10.0)
KILL = (signal.SIGKILL, 5.0)


def postmaster_pid(data: Path) -> int | None:
    """The process number in ``postmaster.pid``, or None."""
    with suppress(OSError, ValueError, IndexError):
        return int((data / "postmaster.pid").read_text(encoding="ascii", errors="replace").splitlines()[0])
    return None


def server_status(data: Path) -> tuple[int | None, str]:
    """The process number and the state ("starting", "ready", …) that the server itself writes down."""
    with suppress(OSError, ValueError, IndexError):
        lines = (data / "postmaster.pid").read_text(encoding="ascii", errors="replace").splitlines()
        return int(lines[0]), lines[7].strip() if len(lines) > 7 else "starting"
    return None, ""


def servers_on(data: Path) -> set[int]:
    """PostgreSQL processes that work in this data folder (each keeps it as its working folder)."""
    found = set()
    with suppress(OSError):
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                with suppress(OSError):
                    if (entry / "cwd").readlink() == data and (entry / "comm").read_text().startswith(
                        "postgres"
                    ):
                        found.add(int(entry.name))
    return found


def clear(data: Path) -> bool:
    """Stop cleanly whatever still serves the folder; call it holding the folder's lock. Whether anything was stopped.

    A ``postmaster.pid`` whose number is taken by something that is no server of this folder would keep PostgreSQL from
    starting: another process (numbers are used again after a reboot, and soon in a container), or a zombie that nobody
    reaps (a container without an init). It is removed. One whose number is free stays: PostgreSQL then checks shared
    memory itself.
    """
    running = servers_on(data)
    leader = postmaster_pid(data)
    if leader is not None and leader not in running and taken(leader):
        (data / "postmaster.pid").unlink(missing_ok=True)
    if not running:
        return False
    if leader in running:
        end_process(leader, STOP_GENTLY, STOP_AT_ONCE, KILL)
    # Sessions of a server that was killed notice it and end by themselves.
    for pid in servers_on(data):
        if not wait_for_end(pid, 5):
            end_process(pid, STOP_AT_ONCE, KILL)
    return True
