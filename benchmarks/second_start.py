"""second-start: from the command to the first page, on a folder that has everything already; Python's own start included.

Peer: Python importing Django alone and setting it up with no app of ours. The limit is 5 s on an idle machine of two cores.

    YOUJU_BENCH_ROUNDS=3
"""

from __future__ import annotations

import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = int(os.environ.get("YOUJU_BENCH_ROUNDS", "3"))
LIMIT = 5.0
BARE = "import django; from django.conf import settings; settings.configure(); django.setup()"


def started(folder: str) -> float:
    """Seconds until the product says that it has started; it is stopped again."""
    command = [sys.executable, "-m", "youju.cli", "up", "--port", "0"]
    environment = os.environ | {"YOUJU_VAR": folder}
    began = time.monotonic()
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as up:
        assert up.stderr is not None
        if not any("有据已启动" in line for line in up.stderr):
            raise SystemExit("the product did not start")
        took = time.monotonic() - began
        up.send_signal(signal.SIGINT)
        up.communicate(timeout=60)
    return took


def bare() -> float:
    """Seconds for Django alone."""
    began = time.monotonic()
    subprocess.run([sys.executable, "-c", BARE], check=True)
    return time.monotonic() - began


def main() -> None:
    """Print one JSON object."""
    with tempfile.TemporaryDirectory(prefix="youju-start-", ignore_cleanup_errors=True) as folder:
        first = started(folder)
        ours = statistics.median(started(folder) for _ in range(ROUNDS))
    peer = statistics.median(bare() for _ in range(ROUNDS))
    kept = "kept" if ours < LIMIT else "NOT KEPT"
    note = f"first start of an empty folder {first:.1f} s; limit {LIMIT:g} s: {kept}. Load average {os.getloadavg()[0]:.1f}."
    result = {
        "name": "second-start", "ours": round(ours, 2), "peer": round(peer, 2), "ratio": round(ours / peer, 2), "unit": "s",
        "n": ROUNDS, "note": note,
    }  # fmt: skip
    print(json.dumps(result, ensure_ascii=False))


if __name__ == "__main__":
    main()
