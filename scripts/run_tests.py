"""``make test``: the fast tier first (rules and policies, one process), then all others on all cores."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FAST = ("tests/rules", "tests/policies", "tests/architecture")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def pytest(*arguments: str) -> bool:
    """Run pytest; whether it passed."""
    return (
        subprocess.run([sys.executable, "-m", "pytest", "-q", *arguments], cwd=ROOT, check=False).returncode
        == 0
    )


def main() -> int:
    """Both tiers; 1 if a test failed. The first tier's failure ends the run: the rest stands on it."""
    began = time.monotonic()
    fast = [folder for folder in FAST if (ROOT / folder).is_dir()]
    if not pytest(*fast):
        return 1
    print(f"快速部分 {time.monotonic() - began:.0f} 秒", flush=True)  # noqa: T201
    others = [part for folder in fast for part in ("--ignore", folder)]
    # The journeys start a product each and measure nothing: "loadfile" keeps a file's tests in one process.
    passed = pytest("-n", str(os.cpu_count() or 1), "--dist", "loadfile", *others, "tests")
    if not any(map(shutil.which, BROWSERS)):
        print("浏览器测试没有运行：本机没有 Chromium（apt-get install chromium）。", flush=True)  # noqa: T201
    print(f"全部 {time.monotonic() - began:.0f} 秒", flush=True)  # noqa: T201
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
