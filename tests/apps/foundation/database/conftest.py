"""A product of its own for tests that start, kill and stop one: its folder, its processes."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from prepared import prepare
from warm import WARM, Command
from youju.foundation.database import leftovers
from youju.foundation.database.places import ServerPlaces

PATIENCE = 90.0


class Product:
    """``youju up`` in a folder of its own, which holds a stopped product already where ``fresh`` is not asked for."""

    def __init__(self, var: Path, *, fresh: bool = False) -> None:
        self.var = var
        self.places = ServerPlaces(var / "postgres")
        self.environment = {
            key: value for key, value in os.environ.items() if not key.startswith("YOUJU_")
        } | {
            "YOUJU_VAR": str(var),
            "YOUJU_WORKERS": "1",
        }
        self.process: Command | None = None
        self.started: list[Command] = []
        self.fresh = fresh
        self.address = ""

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "youju.cli", *arguments]

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Another command on the same folder."""
        return WARM.run(arguments, self.environment)

    def start(self, *arguments: str) -> str:
        """Start it and wait for its address; returns what it said."""
        if not self.fresh and not self.places.root.exists():
            prepare(self.var)
        self.process = WARM.start(["up", "--port", "0", *arguments], self.environment)
        self.started.append(self.process)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            said = self.process.stderr
            if match := re.search(r"有据已启动：(http://\S+/)", said):
                self.address = match[1]
                return said
            assert self.process.poll() is None, said
            time.sleep(0.02)
        raise AssertionError(f"not started: {self.process.stderr}")

    def kill(self, number: signal.Signals = signal.SIGKILL) -> int:
        """Send a signal and wait for the end; returns the exit status."""
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)

    def sql(self, statement: str, user: str = "youju_app") -> list[tuple[object, ...]]:
        """A statement on the running database."""
        import psycopg

        with psycopg.connect(
            host=str(self.places.socket), user=user, dbname="youju", autocommit=True
        ) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def processes(self) -> list[int]:
        """Every process that belongs to it: of its sessions, or with its folder in their environment, and its servers."""
        mark = f"YOUJU_VAR={self.var}".encode()
        found = leftovers.servers_on(self.places.data).union(*(each.processes() for each in self.started))
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and int(entry.name) != os.getpid():
                try:
                    if mark in (entry / "environ").read_bytes().split(b"\0"):
                        found.add(int(entry.name))
                except OSError:
                    continue
        return sorted(found)


def wait_until(true: Callable[[], bool], seconds: float = 30.0) -> bool:
    """Whether it became true in time."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder outside pytest's own: each pytest that starts closes that one again to all but its user, and the
    server, which runs as another account where the tests run as root, must pass through."""
    with tempfile.TemporaryDirectory(prefix="youju-home-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture
def product(home: Path) -> Iterator[Product]:
    """A product that is gone after the test, whatever happened."""
    made = Product(home / "var")
    yield made
    if made.process and made.process.poll() is None:
        made.process.send_signal(signal.SIGTERM)
        try:
            made.process.wait(30)
        except subprocess.TimeoutExpired:
            made.process.kill()
            made.process.wait(30)
    leftovers.clear(made.places.data)


@pytest.fixture
def eventually() -> Callable[..., bool]:
    """``wait_until`` for tests."""
    return wait_until
