"""A product that was started once, as a folder to copy: its database made, its tables migrated, its static files gathered.

What a test starts from, where making it anew is not what the test looks at. It is made by ``youju up`` itself, once for each
state of the migrations, and kept beside the tests' database (see ``shared_server``).
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from datetime import date
from functools import cache
from pathlib import Path

from shared_server import migrations_mark, tests_folder
from trade_made_demo import SMALL_YEAR
from warm import WARM
from youju.foundation.database import leftovers
from youju.foundation.kernel import places

SCALE = os.environ.get("YOUJU_E2E_SCALE", SMALL_YEAR)
"""How much of the demo year the journeys run on; the README's picture is taken from all of it."""


def prepare(var: Path, *, demo: bool = False) -> None:
    """Fill a folder that does not exist yet with a stopped product, without data or with those of the demo."""
    var.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["cp", "-a", str(_made(demo=demo) / "var"), str(var)], check=True)


def said_when_made(*, demo: bool = False) -> str:
    """What ``youju up`` said at the one start by which the product was made, up to its address."""
    return (_made(demo=demo) / "said.txt").read_text(encoding="utf-8")


def _made(*, demo: bool) -> Path:
    home = tests_folder() / ("demos" if demo else "products")
    home.mkdir(parents=True, exist_ok=True)
    wanted = home / (_demo_mark() if demo else migrations_mark())
    with (home / "mutex.lock").open("w") as mutex:
        fcntl.flock(mutex, fcntl.LOCK_EX)
        if not wanted.exists():
            for old in home.iterdir():
                if old.is_dir():
                    shutil.rmtree(old, ignore_errors=True)
            # Its socket's path must be short, and its server must be let through: not in a folder that pytest closes.
            with tempfile.TemporaryDirectory(prefix="youju-made-", ignore_cleanup_errors=True) as folder:
                if demo:
                    prepare(Path(folder) / "var")
                said = _start_once(Path(folder) / "var", *(["--demo"] if demo else []))
                fresh = home / "fresh"
                fresh.mkdir()
                (fresh / "said.txt").write_text(said, encoding="utf-8")
                subprocess.run(["cp", "-a", f"{folder}/var", str(fresh / "var")], check=True)
            fresh.rename(wanted)
    return wanted


@cache
def _demo_mark() -> str:
    """What a demo's rows follow from: the code that loads them, the authored tables, the policies they were judged by."""
    mark = hashlib.sha256(migrations_mark().encode())
    for folder in ("src", "demo", "policies"):
        for path in sorted((places.ROOT / folder).rglob("*.*")):
            if path.suffix in {".py", ".csv", ".yaml", ".json", ".html"}:
                mark.update(str(path).encode() + path.read_bytes())
    mark.update(SCALE.encode())
    # Some of its days are told from today.
    mark.update(date.today().isoformat().encode())
    return mark.hexdigest()[:16]


def _start_once(var: Path, *options: str) -> str:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("YOUJU_")}
    environment = kept | {
        "YOUJU_VAR": str(var),
        "YOUJU_WORKERS": "1",
        "YOUJU_JOB_WORKERS": "0",
        "YOUJU_DEMO_SCALE": SCALE,
    }
    command = WARM.start(["up", "--port", "0", *options], environment)
    end = time.monotonic() + 180
    try:
        while "有据已启动" not in command.stderr:
            assert command.poll() is None and time.monotonic() < end, command.stderr
            time.sleep(0.05)
        said = command.stderr
        command.send_signal(signal.SIGINT)
        assert command.wait(60) == 0, command.stderr
    finally:
        command.kill()
        leftovers.clear(var / "postgres" / "data")
    return said
