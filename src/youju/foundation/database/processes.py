"""Processes and the lock that says who runs a folder's server."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import signal
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

_PR_SET_PDEATHSIG = 1


def dies_with_parent(signal_number: int) -> Callable[[], None]:
    """A function for a fresh child: have the kernel send it the signal when its parent ends in whatever way.

    Linux only; elsewhere the function does nothing, and the next start stops what was left behind.
    """
    parent = os.getpid()
    library = ctypes.CDLL(None) if sys.platform == "linux" else None

    def ask() -> None:
        if library is not None:
            library.prctl(_PR_SET_PDEATHSIG, signal_number, 0, 0, 0)
            if os.getppid() != parent:  # it ended before we could ask
                os.kill(os.getpid(), signal_number)

    return ask


@contextmanager
def signals_later() -> Iterator[None]:
    """Within the block, what asks this process to end is noted; it is heard when the block ends. For forks in the main thread.

    After a fork Python runs functions of its own in the parent (they release locks, seed numbers) and drops whatever is raised
    in them. A Ctrl-C that came at that moment was lost, and the product went on starting.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # signals are handled in the main thread alone
        return
    noted: list[int] = []
    kinds = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {kind: signal.signal(kind, lambda number, _frame: noted.append(number)) for kind in kinds}
    try:
        yield
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)
    for number in noted:
        signal.raise_signal(number)


def taken(pid: int) -> bool:
    """Whether a process has this number, be it a zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def alive(pid: int) -> bool:
    """Whether a process of this number exists and is no zombie."""
    if not taken(pid):
        return False
    try:
        return ") Z" not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return sys.platform != "linux"


def wait_for_end(pid: int, seconds: float) -> bool:
    """Wait for a process that need not be a child; whether it ended in time."""
    end = time.monotonic() + seconds
    while alive(pid):
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def end_process(pid: int, *steps: tuple[signal.Signals, float]) -> bool:
    """Send each signal in turn, waiting its seconds, until the process has ended."""
    for number, seconds in steps:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return True
        if wait_for_end(pid, seconds):
            return True
    return not alive(pid)


class FolderLock:
    """A lock that ends with its process, even by ``kill -9``, and that children do not inherit (a POSIX record lock).

    The process must open the file through this class alone: closing any other handle on it would drop the lock.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: IO[str] | None = None

    @property
    def held(self) -> bool:
        """Whether we hold it."""
        return self._file is not None

    def take(self) -> bool:
        """Take the lock if it is free; whether we hold it now."""
        if self._file is not None:
            return True
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file = self.path.open("a+", encoding="ascii")
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.close()
            if error.errno in (errno.EACCES, errno.EAGAIN):
                return False
            raise
        self._file = file
        return True

    def drop(self) -> None:
        """Give the lock back."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def holder(self) -> int | None:
        """The number of the other process that holds the lock, or None."""
        if self._file is not None or not self.path.exists():
            return None
        layout = struct.Struct("hhqqi4x")
        asked = layout.pack(fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0)
        with self.path.open("r+", encoding="ascii") as file:
            kind, _, _, _, pid = layout.unpack(fcntl.fcntl(file, fcntl.F_GETLK, asked))
        return None if kind == fcntl.F_UNLCK else pid
