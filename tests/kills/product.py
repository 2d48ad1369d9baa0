"""A product of the tests' own: its folder, its processes, which of them is killed, and that it comes back."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg

from prepared import prepare
from warm import WARM, Command
from youju.foundation.database import leftovers
from youju.foundation.database.places import ServerPlaces

PATIENCE = 60.0
IMPATIENT = "from kills.impatient import hurry; hurry()"
JOBS = "SELECT DISTINCT split_part(application_name, ' ', 3) FROM pg_stat_activity WHERE application_name ~ '^youju job [0-9]+$'"


def until(ask: Callable[[], Any], what: str) -> Any:
    """Wait for something to become true; ``PATIENCE`` is far beyond what it takes."""
    end = time.monotonic() + PATIENCE
    while not (found := ask()):
        assert time.monotonic() < end, f"it did not happen: {what}"
        time.sleep(0.02)
    return found


class Product:
    """``youju up`` in a folder of its own: durable server, a page worker, two job workers."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.places = ServerPlaces(var / "postgres")
        kept = {key: value for key, value in os.environ.items() if not key.startswith("YOUJU_")}
        self.environment = kept | {
            "YOUJU_VAR": str(var),
            "YOUJU_WORKERS": "1",
            "YOUJU_JOB_WORKERS": "2",
        }
        self.process: Command | None = None
        self.started: list[Command] = []
        self.port = 0
        self.killed: list[str] = []

    def start(self) -> None:
        """Start it and wait for its address; after the first time on the same port."""
        if not self.var.exists():
            prepare(self.var)
        self.process = WARM.start(["up", "--port", str(self.port)], self.environment, patch=IMPATIENT)
        self.started.append(self.process)

        def address() -> re.Match[str] | None:
            assert self.process is not None
            said = self.process.stderr
            assert self.process.poll() is None, said
            return re.search(r"有据已启动：http://127\.0\.0\.1:(\d+)/", said)

        self.port = int(until(address, "the product starts")[1])

    def keep_running(self) -> None:
        """As a service manager does: start it again where it has ended. It gives up by itself what dies too often."""
        if self.process is None or self.process.poll() is not None:
            until(lambda: self.processes() == [], "what was left behind ends")
            self.start()

    def kill(self, victim: str, chance: random.Random) -> None:
        """``kill -9``: ``page`` and ``job`` a worker, ``database`` its server, ``everything`` the product as a whole."""
        assert self.process is not None
        self.killed.append(victim)
        server = leftovers.postmaster_pid(self.places.data)
        if victim == "everything":
            pids = [self.process.pid, *([server] if server and chance.random() < 0.5 else [])]
        elif victim == "database":
            pids = [server] if server else []
        else:
            children, jobs = self._children(), self._job_workers()
            found = sorted(children & jobs if victim == "job" else children - jobs - {server})
            pids = [chance.choice(found)] if found else []
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if victim == "everything":
            self.process.wait(PATIENCE)

    def stop(self) -> None:
        """End it as Ctrl-C does; nothing of it is left, whatever happened."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(30)
        leftovers.clear(self.places.data)

    def told(self) -> str:
        """What a red run is read from: the ends of its logs and the state of its server."""
        said = [f"--- said\n{each.stderr}" for each in self.started[-2:]]
        logs = [self.places.log, *sorted((self.var / "log").glob("*.log"))]
        ends = [
            f"--- {path.name}\n" + "\n".join(path.read_text(errors="replace").splitlines()[-40:])
            for path in logs
            if path.exists()
        ]
        state = (
            leftovers.server_status(self.places.data),
            leftovers.servers_on(self.places.data),
            self.processes(),
        )
        return "\n".join([*said, *ends, f"--- {state}", " ".join(self.killed)])

    def processes(self) -> list[int]:
        """Every process that belongs to it: of the sessions of its starts, and its servers."""
        servers = leftovers.servers_on(self.places.data)
        return sorted(servers.union(*(each.processes() for each in self.started)))

    def _children(self) -> set[int]:
        assert self.process is not None
        found = set()
        for path in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                # The name in brackets may hold anything; state and parent follow it.
                state, parent = path.read_text().rpartition(")")[2].split()[:2]
                if int(parent) == self.process.pid and state != "Z":
                    found.add(int(path.parent.name))
        return found

    def _job_workers(self) -> set[int]:
        """The numbers that the job workers' sessions are called after; none while the database is away."""
        where = {"host": str(self.places.socket), "user": "postgres", "dbname": "youju"}
        try:
            with psycopg.connect(**where, connect_timeout=2, autocommit=True) as connection:
                return {int(row[0]) for row in connection.execute(JOBS)}
        except psycopg.Error:
            return set()
