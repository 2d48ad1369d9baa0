"""The worker processes beside the web server, or alone: forked, started again when killed, ended with their parent."""

from __future__ import annotations

import logging
import os
import signal
import stat
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from youju.foundation.database.processes import dies_with_parent, end_process
from youju.foundation.kernel.errors import InputError

logger = logging.getLogger(__name__)

_VARIABLE = "YOUJU_JOB_WORKERS"
# What one worker may hold of the database: procrastinate's pool (one of it listens), the work, its progress, the watcher.
POOL = 3
CONNECTIONS = POOL + 3
# A worker that ends at once (the database is away) is started again with a growing pause, up to this many seconds.
_LONGEST_PAUSE = 10.0
# Beyond the time that a worker gives its job.
_MARGIN = 3.0


def worker_count() -> int:
    """How many worker processes: ``YOUJU_JOB_WORKERS``, else 1; 0 for none on this machine.

    Raises:
        InputError: the variable holds no such number.
    """
    wanted = os.environ.get(_VARIABLE, "").strip()
    if wanted and not wanted.isdigit():
        raise InputError(
            f"后台任务进程数“{wanted}”不是数",
            where=f"环境变量 {_VARIABLE}",
            how="请写成如 1 的数，0 表示不启动",
        )
    return int(wanted) if wanted else 1


class Workers:
    """Worker processes of this process. ``start`` and ``stop`` once each; Django must be set up."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._ends: dict[int, deque[float]] = {}
        self._children: dict[int, int] = {}  # process number → place
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._forked = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def pids(self) -> list[int]:
        """The process numbers of the workers that run."""
        with self._lock:
            return sorted(self._children)

    def start(self) -> None:
        """Fork the workers. The thread that forks lasts until ``stop``: the kernel ties a child's end to it.

        What they need is imported before, and this returns when all are forked: a child that is forked while another thread
        imports a module would wait for ever for that module.
        """
        if not self.count:
            return
        from youju.foundation.jobs import working  # noqa: F401
        from youju.foundation.jobs.defining import discover

        discover()
        self._thread = threading.Thread(target=self._supervise, name="job workers", daemon=True)
        self._thread.start()
        self._forked.wait()

    def stop(self, seconds: float | None = None) -> None:
        """End the workers; each may finish its job in the time that the policy gives, and is killed after that."""
        from youju.foundation.jobs import limits

        self._stopping.set()
        if self._thread is None:
            return
        patience = limits.stop_seconds() + _MARGIN if seconds is None else seconds
        for pid in self.pids:
            _signal(pid, signal.SIGTERM)
        self._thread.join(patience)
        for pid in self.pids:
            end_process(pid, (signal.SIGKILL, _MARGIN))
        self._thread.join(_MARGIN)

    def _supervise(self) -> None:
        due = dict.fromkeys(range(self.count), 0.0)
        while True:
            self._reap(due)
            if self._stopping.is_set():
                if not self.pids:
                    return
            else:
                for place, at in list(due.items()):
                    if at <= time.monotonic():
                        del due[place]
                        try:
                            self._fork(place)
                        except OSError:  # no memory or no process number is free just now
                            logger.exception("a job worker could not be forked")
                            due[place] = time.monotonic() + _LONGEST_PAUSE
            self._forked.set()
            self._stopping.wait(0.1) if not self._stopping.is_set() else time.sleep(0.05)

    def _reap(self, due: dict[int, float]) -> None:
        for pid in self.pids:
            ended, status = os.waitpid(pid, os.WNOHANG)
            if not ended:
                continue
            with self._lock:
                place = self._children.pop(pid)
            if self._stopping.is_set():
                continue
            logger.error("job worker %s ended (%s); starting another", pid, os.waitstatus_to_exitcode(status))
            ends = self._ends.setdefault(place, deque(maxlen=6))
            ends.append(time.monotonic())
            recent = sum(1 for at in ends if ends[-1] - at < 60)
            due[place] = time.monotonic() + (0.0 if recent < 2 else min(_LONGEST_PAUSE, 0.25 * 2**recent))

    def _fork(self, place: int) -> None:
        end_with_us = dies_with_parent(signal.SIGKILL)
        with self._lock:
            # A stop that comes now waits for the number of the child.
            if self._stopping.is_set():
                return
            pid = os.fork()
            if pid:
                self._children[pid] = place
        if not pid:
            _child(end_with_us)


def _child(end_with_us: Callable[[], None]) -> None:
    status = 1
    try:
        # The parent tells us when to end; Ctrl-C and the end of the terminal reach every process of its group.
        for number in (signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        for number in (signal.SIGTERM, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        signal.set_wakeup_fd(-1)
        end_with_us()
        _leave_sockets()
        from youju.foundation.jobs.working import work

        work()
        status = 0
    except BaseException:
        logger.exception("job worker failed")
    finally:
        # No clean-up of what belongs to the parent: its threads, its folder lock, its terminal.
        os._exit(status)


def _leave_sockets() -> None:
    """Let go of the parent's sockets, above all the web server's: its port must be free when the parent has ended.

    The numbers stay taken (by nothing), so that an object of the parent which closes its number closes nothing of ours.
    """
    nothing = os.open(os.devnull, os.O_RDWR)
    for entry in list(Path("/proc/self/fd").iterdir()) if Path("/proc/self/fd").is_dir() else []:
        number = int(entry.name)
        with suppress(OSError):
            if number > 2 and stat.S_ISSOCK(os.fstat(number).st_mode):
                os.dup2(nothing, number, inheritable=False)
    os.close(nothing)


def _signal(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return
