"""Machines for backups: folders of their own, and commands that run in them as an administrator types them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from prepared import prepare
from trade_made_demo import SMALL_YEAR
from warm import WARM, Command
from youju.foundation.database import leftovers


class Machine:
    """One installation below a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.var = folder / "var"
        kept = {key: value for key, value in os.environ.items() if not key.startswith("YOUJU_")}
        self.environment = kept | {
            "YOUJU_VAR": str(self.var),
            "YOUJU_WORKERS": "1",
            "YOUJU_JOB_WORKERS": "1",
            "YOUJU_DEMO_SCALE": SMALL_YEAR,
        }

    def run(self, *arguments: str | Path, patch: str = "") -> subprocess.CompletedProcess[str]:
        """A verb; ``patch`` is Python that runs before it in the same process."""
        return WARM.run(arguments, self.environment, patch=patch)

    def start(self, *arguments: str | Path, **also: str) -> Command:
        """A verb that is not waited for; ``also`` are further variables."""
        return WARM.start(arguments, self.environment | also)

    def well(self, *arguments: str | Path) -> str:
        """A verb that must succeed; what it printed."""
        done = self.run(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def json(self, *arguments: str | Path) -> Any:
        """A verb with ``--json`` that must succeed."""
        return json.loads(self.well(*arguments, "--json"))

    def ask(self, sql: str) -> str:
        """One value from the database."""
        code = f"from django.db import connection as c; k = c.cursor(); k.execute({sql!r}); print(k.fetchone()[0])"
        return self.well("django", "shell", "--no-imports", "-c", code).strip()

    def look(self) -> Any:
        """Accounts, databases that a restore left unfinished, and whether the audit trail is whole."""
        code = (
            "import json\n"
            "from django.db import connection as c\n"
            "from youju.foundation.audit.verifying import verify\n"
            "k = c.cursor()\n"
            'k.execute("SELECT (SELECT count(*) FROM identity_user), "\n'
            "          \"(SELECT count(*) FROM pg_database WHERE datname LIKE 'youju%restore%')\")\n"
            "people, left = k.fetchone()\n"
            "print(json.dumps({'people': people, 'left': left, 'intact': verify().intact}))"
        )
        return json.loads(self.well("django", "shell", "--no-imports", "-c", code))

    @contextmanager
    def up(self, *arguments: str, **also: str) -> Iterator[None]:
        """The product runs while the block does."""
        process = self.start("up", "--port", "0", *arguments, **also)
        end = time.monotonic() + 120
        try:
            while "有据已启动" not in process.stderr:
                assert process.poll() is None, process.stderr
                assert time.monotonic() < end
                time.sleep(0.02)
            yield
        finally:
            process.send_signal(signal.SIGINT)
            try:
                assert process.wait(60) == 0
            finally:
                process.kill()

    def copy(self, folder: Path) -> Machine:
        """The same machine, stopped, in another folder."""
        folder.mkdir(parents=True)
        subprocess.run(["cp", "-a", str(self.var), str(folder / "var")], check=True)
        return Machine(folder)

    def clear(self) -> None:
        """Leave no server behind."""
        leftovers.clear(self.var / "postgres" / "data")


@pytest.fixture(scope="session")
def room() -> Iterator[Path]:
    """A folder outside pytest's own, which each pytest that starts closes to other accounts."""
    with tempfile.TemporaryDirectory(prefix="youju-backup-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def demo(room: Path) -> Iterator[Machine]:
    """A stopped machine with the demo year."""
    machine = Machine(room / "demo")
    prepare(machine.var, demo=True)
    yield machine
    machine.clear()


@pytest.fixture(scope="session")
def archive(demo: Machine, room: Path) -> Path:
    """A backup of the demo."""
    target = room / "demo.tar"
    demo.well("backup", target)
    return target


@pytest.fixture(scope="session")
def fresh(room: Path) -> Iterator[Machine]:
    """A stopped machine without data, whose trail was verified once."""
    machine = Machine(room / "fresh")
    prepare(machine.var)
    machine.well("audit", "verify")
    yield machine
    machine.clear()


@pytest.fixture
def new_machine(room: Path, request: pytest.FixtureRequest) -> Iterator[Callable[..., Machine]]:
    """Makes empty machines, or copies of one."""
    made: list[Machine] = []

    def make(like: Machine | None = None) -> Machine:
        folder = room / f"m{abs(hash(request.node.nodeid))}-{len(made)}"
        if like is None:
            folder.mkdir()
        machine = like.copy(folder) if like else Machine(folder)
        made.append(machine)
        return machine

    yield make
    for machine in made:
        machine.clear()
