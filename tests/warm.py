"""Commands of the product without the seconds that Python needs to load it: each is forked from a process that has loaded all.

``WARM.run(["backup", "a.tar"], environment)`` does what ``youju backup a.tar`` does in that environment: arguments, standard
streams, settings and exit status are those of a process of its own, and it can be killed. Only what ``/proc`` tells of it is
the parent's. One such parent serves a whole run of pytest; commands whose start is what a test looks at are started as usual.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

LOADED = (
    "altair",
    "ninja",
    "rich.progress",
    "django.core.management.commands.shell",
    "django.core.management.commands.migrate",
    "youju.config.commands",
    "youju.config.doctor",
    "youju.config.up",
    "youju.config.urls",
    "youju.foundation.audit.commands",
    "youju.foundation.backup.commands",
    "youju.foundation.backup.restoring",
    "youju.foundation.backup.taking",
    "youju.foundation.files.commands",
    "youju.foundation.identity.commands",
    "youju.performance.targets.commands",
)


class Command:
    """A command that was started; as much of ``subprocess.Popen`` as tests ask for."""

    def __init__(self, warm: Warm, pid: int, folder: Path) -> None:
        self._warm, self.pid, self._folder = warm, pid, folder
        self.returncode: int | None = None

    @property
    def stdout(self) -> str:
        """What it has printed so far."""
        return (self._folder / "out").read_text(encoding="utf-8")

    @property
    def stderr(self) -> str:
        """What it has complained of so far."""
        return (self._folder / "err").read_text(encoding="utf-8")

    def poll(self) -> int | None:
        """Its exit status once it has ended; negative after a signal."""
        if self.returncode is None:
            self.returncode = self._warm.ask({"poll": self.pid})
        return self.returncode

    def wait(self, seconds: float = 180.0) -> int:
        """Wait for its end."""
        end = time.monotonic() + seconds
        while (status := self.poll()) is None:
            if time.monotonic() > end:
                raise subprocess.TimeoutExpired("youju", seconds)
            time.sleep(0.005)
        return status

    def send_signal(self, number: signal.Signals) -> None:
        """As ``kill`` does; nothing happens to what has ended (its number is kept until it is asked for)."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        """``kill -9``."""
        self.send_signal(signal.SIGKILL)

    def processes(self) -> set[int]:
        """It and what it has started (a database server leads a session of its own and is found by its folder)."""
        found = set()
        for path in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                # The name in brackets may hold anything; state, parent, group and session follow it.
                state, _, _, session = path.read_text().rpartition(")")[2].split()[:4]
                if int(session) == self.pid and state != "Z":
                    found.add(int(path.parent.name))
        return found


class Warm:
    """The loaded parent, started when it is first asked."""

    def __init__(self) -> None:
        self._parent: subprocess.Popen[bytes] | None = None
        self._room: tempfile.TemporaryDirectory[str] | None = None
        self._count = 0
        self._one = threading.Lock()

    def start(
        self,
        arguments: Sequence[str | Path],
        environment: Mapping[str, str],
        *,
        patch: str = "",
        cwd: str = "",
    ) -> Command:
        """Start ``youju …``; ``patch`` is Python that runs before it in the same process."""
        folder = self._folder()
        order = {
            "arguments": [str(each) for each in arguments],
            "environment": dict(environment),
            "patch": patch,
            "cwd": cwd or str(Path.cwd()),
            "folder": str(folder),
        }
        return Command(self, self.ask(order), folder)

    def run(
        self,
        arguments: Sequence[str | Path],
        environment: Mapping[str, str],
        *,
        patch: str = "",
        cwd: str = "",
    ) -> subprocess.CompletedProcess[str]:
        """The same, to its end."""
        command = self.start(arguments, environment, patch=patch, cwd=cwd)
        status = command.wait()
        return subprocess.CompletedProcess(list(arguments), status, command.stdout, command.stderr)

    def ask(self, order: Mapping[str, Any]) -> Any:
        """One line to the parent, one line from it."""
        with self._one:
            parent = self._loaded()
            assert parent.stdin is not None and parent.stdout is not None
            parent.stdin.write(json.dumps(order).encode() + b"\n")
            parent.stdin.flush()
            return json.loads(parent.stdout.readline())

    def close(self) -> None:
        """End the parent; its children end by themselves."""
        if self._parent is not None:
            self._parent.kill()
            self._parent.communicate()
            self._parent = None
        if self._room is not None:
            self._room.cleanup()
            self._room = None

    def _folder(self) -> Path:
        if self._room is None:
            self._room = tempfile.TemporaryDirectory(prefix="youju-warm-", ignore_cleanup_errors=True)
        self._count += 1
        folder = Path(self._room.name) / str(self._count)
        folder.mkdir()
        for name in ("out", "err"):
            (folder / name).touch()
        return folder

    def _loaded(self) -> subprocess.Popen[bytes]:
        if self._parent is None:
            home = self._folder()
            kept = {key: value for key, value in os.environ.items() if not key.startswith("YOUJU_")}
            tests = Path(__file__).resolve().parent
            self._parent = subprocess.Popen(
                [sys.executable, "-m", "warm"],
                env=kept | {"YOUJU_VAR": str(home), "PYTHONPATH": str(tests)},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
        return self._parent


WARM = Warm()


def main() -> None:
    """Load everything, then serve orders until the input ends."""
    import gc
    import importlib

    os.environ["DJANGO_SETTINGS_MODULE"] = "youju.config.settings"
    import django

    django.setup()
    for name in LOADED:
        importlib.import_module(name)
    gc.freeze()
    # A file that reads ahead would share what it has read with every child.
    source = os.fdopen(0, "rb", buffering=0, closefd=False)
    while line := source.readline():
        order = json.loads(line)
        answer = _status(order["poll"]) if "poll" in order else _fork(order, source)
        os.write(1, json.dumps(answer).encode() + b"\n")


def _status(pid: int) -> int | None:
    done, status = os.waitpid(pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if done else None


def _fork(order: Mapping[str, Any], source: BinaryIO) -> int:
    pid = os.fork()
    if pid == 0:
        os.setsid()
        folder = Path(order["folder"])
        for number, name, flags in ((0, os.devnull, os.O_RDONLY), (1, "out", 0), (2, "err", 0)):
            opened = os.open(folder / name, flags or os.O_WRONLY | os.O_CREAT | os.O_APPEND)
            os.dup2(opened, number)
            os.close(opened)
        _become(order)  # ends in SystemExit, and so as a process of its own would
    return pid


def _become(order: Mapping[str, Any]) -> None:
    os.environ.clear()
    os.environ.update(order["environment"])
    os.chdir(order["cwd"])
    _forget_settings()
    sys.argv = ["youju", *order["arguments"]]
    exec(order["patch"], {"os": os, "sys": sys})
    from youju.cli import main as youju

    youju()
    sys.exit(0)


def _forget_settings() -> None:
    """The settings follow from the environment; what has looked at them while loading looks again when it needs them."""
    from django.conf import LazySettings, global_settings, settings
    from django.core.files.storage import storages
    from django.db import connections
    from django.utils.functional import empty

    own, read = sys.modules.pop("youju.config.settings"), LazySettings._setup
    # Apps put their defaults beside ours when they are imported, which happens once.
    added = {
        name: value
        for name, value in vars(settings._wrapped).items()
        if name.isupper() and not hasattr(own, name) and not hasattr(global_settings, name)
    }

    def read_and_add(lazy: LazySettings, name: str | None = None) -> None:
        read(lazy, name)
        for key, value in added.items():
            setattr(lazy._wrapped, key, value)

    LazySettings._setup = read_and_add  # type: ignore[method-assign]
    settings._wrapped = empty
    for handler in (connections, storages):
        handler.__dict__.pop("settings", None)
        handler.__dict__.pop("backends", None)
    connections._settings = None  # type: ignore[attr-defined]
    with suppress(AttributeError):
        del connections["default"]


if __name__ == "__main__":
    main()
