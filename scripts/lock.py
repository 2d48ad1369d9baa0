"""``make lock``: write the hash-pinned requirements anew from pyproject.toml. No index address ends up in them.

Each lock is bound to the one before it, so that a package has one version in all of them.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
UV = ROOT / ".venv" / "bin" / "uv"
COMMON = (
    "--quiet",
    "--universal",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-header",
    "--python-version",
    "3.11",
)
LOCKS = (
    ("requirements-bootstrap.lock", ("--group", "pyproject.toml:bootstrap")),
    ("requirements.lock", ("pyproject.toml",)),
    ("requirements-dev.lock", ("pyproject.toml", "--extra", "dev", "-c", "requirements.lock")),
    ("requirements-spark.lock", ("pyproject.toml", "--extra", "spark", "-c", "requirements-dev.lock")),
    (
        "requirements-bench.lock",
        ("pyproject.toml", "--extra", "dev", "--extra", "bench", "-c", "requirements-dev.lock"),
    ),
)


def main() -> int:
    """Write every lock; pass on further arguments, e.g. ``--upgrade``."""
    for name, sources in LOCKS:
        print(name, file=sys.stderr)  # noqa: T201
        done = subprocess.run(
            [UV, "pip", "compile", *COMMON, *sources, *sys.argv[1:], "-o", name], cwd=ROOT, check=False
        )
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
