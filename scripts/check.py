"""``make check``: style, types, import contracts, pending migrations, generated pages, the repository's own rules."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable
CHECKS = (
    ("ruff check", (PYTHON, "-m", "ruff", "check", "--quiet", ".")),
    ("ruff format", (PYTHON, "-m", "ruff", "format", "--check", "--quiet", ".")),
    ("import contracts", (PYTHON, "-c", "from importlinter.cli import lint_imports_command as run; run()")),
    ("mypy", (PYTHON, "-m", "mypy")),
    ("mypy, client", (PYTHON, "-m", "mypy", "--config-file", "clients/python/pyproject.toml")),
    ("client is generated", (PYTHON, "scripts/make_client.py", "--check")),
    ("migrations", (PYTHON, "-m", "youju.cli", "django", "makemigrations", "--check", "--dry-run")),
    ("repository, generated pages", (PYTHON, "-m", "pytest", "-q", "tests/architecture", "tests/policies")),
)


def main() -> int:
    """Run every check, show what the failing ones say; 1 if any failed."""
    failed = []
    for name, command in CHECKS:
        began = time.monotonic()
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        state = "failed" if done.returncode else "ok"
        print(f"{state:6} {name} ({time.monotonic() - began:.1f} s)", flush=True)  # noqa: T201
        if done.returncode:
            failed.append(name)
            print(done.stdout + done.stderr, flush=True)  # noqa: T201
    if failed:
        print(f"make check: {', '.join(failed)}", file=sys.stderr)  # noqa: T201
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
