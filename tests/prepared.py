"""A product that was started once, as a folder to copy: its database made, its tables migrated, its static files gathered.

What a test starts from, where making it anew is not what the test looks at. It is made by ``youju up`` itself, once for each
state of the migrations, and kept beside the tests' database (see ``shared_server``).
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from shared_server import migrations_mark, tests_folder
from warm import WARM
from youju.foundation.database import leftovers


def prepare(var: Path) -> None:
    """Fill a folder that does not exist yet with a stopped product without data."""
    var.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["cp", "-a", str(_made() / "var"), str(var)], check=True)


def _made() -> Path:
    home = tests_folder() / "products"
    home.mkdir(parents=True, exist_ok=True)
    wanted = home / migrations_mark()
    with (home / "mutex.lock").open("w") as mutex:
        fcntl.flock(mutex, fcntl.LOCK_EX)
        if not wanted.exists():
            for old in home.iterdir():
                if old.is_dir():
                    shutil.rmtree(old, ignore_errors=True)
            # Its socket's path must be short, and its server must be let through: not in a folder that pytest closes.
            with tempfile.TemporaryDirectory(prefix="youju-made-", ignore_cleanup_errors=True) as folder:
                _start_once(Path(folder) / "var")
                fresh = home / "fresh"
                fresh.mkdir()
                subprocess.run(["cp", "-a", f"{folder}/var", str(fresh / "var")], check=True)
            fresh.rename(wanted)
    return wanted


def _start_once(var: Path) -> None:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("YOUJU_")}
    environment = kept | {"YOUJU_VAR": str(var), "YOUJU_WORKERS": "1", "YOUJU_JOB_WORKERS": "0"}
    command = WARM.start(["up", "--port", "0"], environment)
    end = time.monotonic() + 180
    try:
        while "有据已启动" not in command.stderr:
            assert command.poll() is None and time.monotonic() < end, command.stderr
            time.sleep(0.05)
        command.send_signal(signal.SIGINT)
        assert command.wait(60) == 0, command.stderr
    finally:
        command.kill()
        leftovers.clear(var / "postgres" / "data")
