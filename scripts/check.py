"""``make check``: style, types, import contracts, pending migrations, generated pages, the repository's own rules."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable
TESTS = ("tests/architecture", "tests/policies")
"""What the tests say of the repository as a whole. ``make test`` leaves them out when no file has changed since."""
PASSED = ROOT / ".pytest_cache" / "checked"
UNREAD = {
    ".git",
    ".venv",
    "var",
    "build",
    "__pycache__",
    ".pytest_cache",
    ".mypy_cache",
    ".ruff_cache",
    ".hypothesis",
}
# Side by side, as many as there are cores; what takes longest begins first.
CHECKS = (
    ("mypy", (PYTHON, "-m", "mypy")),
    ("repository, generated pages", (PYTHON, "-m", "pytest", "-q", *TESTS)),
    ("client is generated", (PYTHON, "scripts/make_client.py", "--check")),
    ("import contracts", (PYTHON, "-c", "from importlinter.cli import lint_imports_command as run; run()")),
    ("migrations", (PYTHON, "-m", "youju.cli", "django", "makemigrations", "--check", "--dry-run")),
    (
        "mypy, client",
        (
            PYTHON,
            "-m",
            "mypy",
            "--config-file",
            "clients/python/pyproject.toml",
            "--cache-dir",
            ".mypy_cache/client",
        ),
    ),
    ("ruff check", (PYTHON, "-m", "ruff", "check", "--quiet", ".")),
    ("ruff format", (PYTHON, "-m", "ruff", "format", "--check", "--quiet", ".")),
)


def check(name: str, command: tuple[str, ...]) -> bool:
    """Run one check and say how it ended, in one piece; whether it passed."""
    began = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    state = "failed" if done.returncode else "ok"
    said = f"\n{done.stdout}{done.stderr}" if done.returncode else ""
    print(f"{state:6} {name} ({time.monotonic() - began:.1f} s){said}", flush=True)  # noqa: T201
    return done.returncode == 0


def state_of_files() -> str:
    """What changes with any file of the repository, in hex."""
    state = hashlib.sha256()
    for folder, names, files in os.walk(ROOT):
        names[:] = sorted(name for name in names if name not in UNREAD and not name.endswith(".egg-info"))
        for name in sorted(files):
            path = Path(folder, name)
            about = path.lstat()
            state.update(f"{path}\0{about.st_size}\0{about.st_mtime_ns}\0".encode())
    return state.hexdigest()


def main() -> int:
    """Run every check, show what the failing ones say; 1 if any failed."""
    # Where the shell forbids writing bytecode, each of these processes would compile all of it anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        passed = list(pool.map(check, *zip(*CHECKS, strict=True)))
    failed = [name for (name, _), well in zip(CHECKS, passed, strict=True) if not well]
    PASSED.parent.mkdir(exist_ok=True)
    PASSED.write_text("" if failed else state_of_files(), encoding="utf-8")
    if failed:
        print(f"make check: {', '.join(failed)}", file=sys.stderr)  # noqa: T201
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
