"""One embedded PostgreSQL server: started as our child, watched until it answers, stopped when we stop."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

from youju.foundation.database import leftovers
from youju.foundation.database.account import Account, open_passage, server_account
from youju.foundation.database.binaries import programs
from youju.foundation.database.cluster import ensure_cluster, server_environment, write_access
from youju.foundation.database.places import ServerPlaces
from youju.foundation.database.processes import FolderLock, dies_with_parent, signals_later
from youju.foundation.kernel.errors import InputError

LARGEST_LOG = 10_000_000
RECOVERY_SECONDS = 1800.0


def _silent(_message: str) -> None:
    return None


class EmbeddedServer:
    """A server on one folder. ``start`` holds the folder's lock until ``stop`` or the end of the process.

    Args:
        places: its folders.
        durable: False lets tests trade durability for speed; the product never does.
        outlives: leave the server running when this process ends (for tests that share it).
        tell: receives Chinese sentences about what takes time.
    """

    def __init__(
        self,
        places: ServerPlaces,
        *,
        durable: bool = True,
        outlives: bool = False,
        connections: int = 100,
        tell: Callable[[str], None] = _silent,
    ) -> None:
        self.places, self.durable, self.outlives = places, durable, outlives
        self.connections, self.tell = connections, tell
        self.lock = FolderLock(places.lock)
        self._child: subprocess.Popen[bytes] | None = None
        self._stopping = False

    @property
    def pid(self) -> int | None:
        """The server's process number while it runs as our child."""
        return self._child.pid if self._child and self._child.poll() is None else None

    def start(self) -> bool:
        """Start and wait until it answers; whether the data folder was made now.

        Raises:
            InputError: another process holds the folder; the folder cannot be used; the server ended at once.
        """
        self.places.root.mkdir(parents=True, exist_ok=True)
        if not self.lock.take():
            raise in_use(self.lock)
        try:
            return self._start()
        except BaseException:
            if self._child is None:
                # A signal may come between the fork and its noting: the server then runs without our knowing it.
                leftovers.clear(self.places.data)
            self.stop()
            raise

    def _start(self) -> bool:
        data = self.places.data
        account = server_account(data)
        opened = open_passage(data, account) + open_passage(programs() / "postgres", account)
        if opened:
            names = "、".join(str(folder) for folder in dict.fromkeys(opened))
            self.tell(
                f"数据库以系统账户 {account.name} 运行，已允许它经过文件夹 {names}（只能经过，不能列出内容）"
            )
        made = not data.exists()
        if made:
            self.tell("正在建立数据库……")
        ensure_cluster(data, account, durable=self.durable)
        if leftovers.clear(data):
            self.tell("已停下上次留下的数据库进程")
        self._prepare_socket(account)
        write_access(data, account)
        self._launch(account)
        self._wait()
        return made

    def _prepare_socket(self, account: Account) -> None:
        folder = self.places.socket
        if folder.is_symlink() or (
            folder.exists() and folder.stat().st_uid not in (account.uid, os.geteuid())
        ):
            raise InputError(
                f"套接字文件夹 {folder} 属于另一个账户", how="请删去它，或换一个 YOUJU_VAR 文件夹"
            )
        account.own(folder)
        open_passage(folder, account)
        self._drop_stale_sockets()

    def _drop_stale_sockets(self) -> None:
        """Nothing serves the folder now: a socket's lock whose number a zombie still holds would stop the start."""
        for stale in self.places.socket.glob(".s.PGSQL.*"):
            stale.unlink(missing_ok=True)

    def _launch(self, account: Account) -> None:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.places.socket),
            "unix_socket_permissions": "0700",
            "max_connections": str(self.connections),
            "shared_buffers": "128MB",
            "fsync": "on",
            "synchronous_commit": "on",
            "full_page_writes": "on",
            "log_min_messages": "warning",
            "log_line_prefix": "%m [%p] %u@%d ",
            "timezone": "UTC",
        }
        if not self.durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        arguments = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        with _log_file(self.places.log) as log, signals_later():
            self._child = subprocess.Popen(
                [programs() / "postgres", "-D", self.places.data, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.places.data,
                env=server_environment(),
                # Ctrl-C reaches every process of the terminal's group: in a session of its own the server ends
                # when we say so, after the web workers.
                start_new_session=True,
                preexec_fn=None if self.outlives else dies_with_parent(signal.SIGINT),  # noqa: PLW1509
                **account.popen(),
            )

    def _wait(self) -> None:
        child, began, told = self._child, time.monotonic(), False
        assert child is not None  # noqa: S101
        while child.poll() is None:
            if leftovers.server_status(self.places.data) == (child.pid, "ready"):
                return
            if not told and time.monotonic() - began > 3:
                told = True
                self.tell("数据库正在从上次的中断中恢复，请稍候……")
            if time.monotonic() - began > RECOVERY_SECONDS:
                break
            time.sleep(0.02)
        raise InputError(
            f"数据库没有启动（{_last_complaint(self.places.log)}）",
            where=str(self.places.data),
            how=f"详见 {self.places.log}",
        )

    def keep_alive(self) -> None:
        """Start the server again, at once, whenever it ends without being told to (``kill -9``, the memory killer).

        Web workers connect anew with their next request. A server that ends five times within a minute is not started
        again: this process then ends as on SIGTERM. The watching thread lasts as long as the process, as it must: the
        kernel ties a child's end to the thread that started it.
        """
        threading.Thread(target=self._watch, name="postgresql", daemon=True).start()

    def _watch(self) -> None:
        logger, ends = logging.getLogger(__name__), deque[float](maxlen=5)
        while (child := self._child) is not None:
            child.wait()
            if self._stopping:
                return
            ends.append(time.monotonic())
            logger.error("PostgreSQL ended with status %s; starting it again", child.returncode)
            try:
                if len(ends) == ends.maxlen and ends[-1] - ends[0] < 60:
                    raise InputError("数据库在一分钟内停了五次", how=f"请看 {self.places.log}")
                leftovers.clear(self.places.data)
                self._drop_stale_sockets()
                self._launch(server_account(self.places.data))
                self._wait()
            except (InputError, OSError):
                logger.exception("PostgreSQL does not start")
                os.kill(os.getpid(), signal.SIGTERM)
                return

    def leave(self) -> None:
        """Leave a server that ``outlives`` us running, and give the lock back; whoever ends it finds it by its folder."""
        if self._child is not None:
            self._child.returncode = 0  # tells Popen that nobody will ask for its end
        self._child = None
        self.lock.drop()

    def stop(self, *, patient: bool = False) -> None:
        """Stop the server and give the lock back. ``patient`` first waits up to a minute for other sessions to end."""
        self._stopping = True
        child = self._child
        if child is not None:
            steps: list[tuple[signal.Signals, float]] = [(signal.SIGTERM, 60.0)] if patient else []
            for number, seconds in [*steps, leftovers.STOP_GENTLY, leftovers.STOP_AT_ONCE, leftovers.KILL]:
                if child.poll() is not None:
                    break
                child.send_signal(number)
                try:
                    child.wait(seconds)
                except subprocess.TimeoutExpired:
                    continue
        self._child = None
        if self.lock.held and self.places.socket.parent != self.places.root:
            with suppress(OSError):
                self.places.socket.rmdir()
        self.lock.drop()


def in_use(lock: FolderLock) -> InputError:
    """The error for a folder whose server another process runs."""
    holder = lock.holder()
    who = f"进程 {holder} " if holder else "另一个进程"
    return InputError(
        f"数据文件夹 {lock.path.parent} 正由{who}使用",
        how="系统可能已在运行：请直接打开它的网址，或先停下那个进程，再启动；要另起一套，请设环境变量 YOUJU_VAR",
    )


def _log_file(path: Path) -> IO[bytes]:
    if path.exists() and path.stat().st_size > LARGEST_LOG:
        path.replace(path.with_suffix(".log.1"))
    return path.open("ab")


def _last_complaint(log: Path) -> str:
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-50:]
    except OSError:
        return "没有日志"
    told = [line.split("FATAL:", 1)[1].strip() for line in lines if "FATAL:" in line]
    return told[-1] if told else (lines[-1].strip() if lines else "日志是空的")
