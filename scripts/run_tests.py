"""``make test``: the fast tier first (rules and policies), then all others with the journeys beside them."""

from __future__ import annotations

import compileall
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import check

ROOT = Path(__file__).resolve().parents[1]
FAST = ("tests/rules", "tests/policies")
JOURNEYS = "tests/e2e"
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
"""A file system in memory. Hundreds of databases are copied, started, killed and thrown away, thousands of files each."""
MARK = "youju-tests-"
ROOM = 8 * 1024**3
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def pytest(*arguments: str) -> bool:
    """Run pytest; whether it passed."""
    return subprocess.run(_command(arguments), cwd=ROOT, check=False).returncode == 0


@contextmanager
def beside(*arguments: str) -> Iterator[list[bool]]:
    """Run pytest while the block does, and tell what it said when both have ended; the list then holds whether it passed."""
    ended: list[bool] = []
    with tempfile.TemporaryFile("w+") as said:
        environment = os.environ | {"YOUJU_TESTS_TIER": "beside-"}  # folders of its own
        with subprocess.Popen(
            _command(arguments), cwd=ROOT, env=environment, stdout=said, stderr=subprocess.STDOUT
        ) as run:
            try:
                yield ended
                run.wait()
            finally:
                run.kill()
        said.seek(0)
        say(said.read())
    ended.append(run.returncode == 0)


def _command(arguments: tuple[str, ...]) -> list[str]:
    return [sys.executable, "-m", "pytest", "-q", *arguments]


@contextmanager
def scratch() -> Iterator[None]:
    """Within the block, temporary files lie in memory where it has room for them, else where they always do."""
    if os.environ.get("TMPDIR") or not _has_room():
        yield
        return
    for left in MEMORY.glob(f"{MARK}*"):
        if not Path(f"/proc/{left.name.removeprefix(MARK).partition('-')[0]}").exists():
            shutil.rmtree(left, ignore_errors=True)  # of a run that was killed
    # The databases' own account must pass through.
    with tempfile.TemporaryDirectory(
        prefix=f"{MARK}{os.getpid()}-", dir=MEMORY, ignore_cleanup_errors=True
    ) as folder:
        Path(folder).chmod(0o755)
        os.environ["TMPDIR"] = folder
        yield


def _has_room() -> bool:
    try:
        free = shutil.disk_usage(MEMORY).free
        told = dict(line.split(":", 1) for line in Path("/proc/meminfo").read_text().splitlines())
        available = int(told["MemAvailable"].split()[0]) * 1024
    except (OSError, KeyError, ValueError):
        return False
    return min(free, available) > ROOM and os.access(MEMORY, os.W_OK)


def main() -> int:
    """All three tiers, in ``scratch``."""
    with scratch():
        return run()


def run() -> int:
    """All three tiers; 1 if a test failed. The first tier's failure ends the run: the rest stands on it."""
    began = time.monotonic()
    # Many tests start programs of ours; where the shell forbids writing bytecode, each would compile all of it anew, and
    # each process of pytest all of its libraries and tests.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    compileall.compile_dir(ROOT / "src", quiet=2)
    cores = ("-n", str(os.cpu_count() or 1))
    # What `make check` has just found right, of the same files, need not be asked again.
    known = check.PASSED.exists() and check.PASSED.read_text(encoding="utf-8") == check.state_of_files()
    done = check.TESTS if known else ()
    fast = (folder for folder in FAST if folder not in done)
    if not pytest(*cores, "--dist", "worksteal", "-p", "no:django", *fast):
        return 1
    say(f"快速部分 {time.monotonic() - began:.0f} 秒")
    # A file stays on one core, for its fixtures' sake; tests/conftest.py puts the longest files first.
    parallel = (*cores, "--dist", "loadfile", "--no-loadscope-reorder")
    others = [part for folder in (*FAST, JOURNEYS, *done) for part in ("--ignore", folder)]
    # The browser's driver keeps an event loop in its process, where Django refuses to touch a database: the journeys
    # have processes of their own. They run beside the others: both wait a good deal, for pages, databases and processes.
    if any(map(shutil.which, BROWSERS)) or os.environ.get("YOUJU_REQUIRE_BROWSER") == "1":
        with beside(*parallel, JOURNEYS) as journeys:
            passed = pytest(*parallel, *others, "tests")
        passed = passed and journeys == [True]
    else:
        passed = pytest(*parallel, *others, "tests")
        say("浏览器测试没有运行：本机没有 Chromium（apt-get install chromium）。")
    say(f"全部 {time.monotonic() - began:.0f} 秒")
    return 0 if passed else 1


def say(message: str) -> None:
    """A line between pytest's."""
    print(message, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
