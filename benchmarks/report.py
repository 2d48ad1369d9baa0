"""report: the whole self-evaluation of the demo's twelve projects, and what twenty of them at once do to a page.

First every document of the year and the evidence pack are written once in a process of its own: seconds and peak memory. Then the
product serves the year's overview while nothing else runs (the peer), and again while twenty packs wait in the queue and are
made one after the other by the job worker (ours): the 95th percentile of the page's time. The limit is a ratio of 1.5.

    YOUJU_BENCH_DEMO=/path/to/a/var/with/the/demo   YOUJU_BENCH_PAGES=80   YOUJU_BENCH_PACKS=20
"""

from __future__ import annotations

import json
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

PAGES = int(os.environ.get("YOUJU_BENCH_PAGES", "80"))
PACKS = int(os.environ.get("YOUJU_BENCH_PACKS", "20"))
YEAR, LIMIT, USER, PASSWORD = 2023, 1.5, "demo-pfo", "youju-demo-2023"
_HEAD = """
import json, resource, sys, tempfile, time
from youju.foundation.database.ready import django_ready
with django_ready(tell=lambda _: None, tables=True):
    from youju.foundation.kernel.context import acting, at_the_machine
    from youju.foundation.identity.selectors import user_named
"""
_ONE = f"""{_HEAD}
    from youju.performance.evaluation.services.packing import write_pack
    with at_the_machine(), tempfile.TemporaryFile() as file:
        began = time.monotonic()
        _, files = write_pack(file, actor=user_named({USER!r}), year={YEAR})
        took = time.monotonic() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({{"seconds": took, "megabytes": peak, "files": files}}))
"""
_MANY = f"""{_HEAD}
    from youju.foundation.jobs.services import enqueue
    from youju.performance.evaluation.services.packing import make_pack
    with at_the_machine(), acting(actor={USER!r}, reads="all", writes="all"):
        for number in range({PACKS}):
            enqueue(make_pack, key=f"bench:{{number}}", year={YEAR})
"""


def main() -> None:
    """Print one JSON object."""
    given = os.environ.get("YOUJU_BENCH_DEMO")
    with (
        tempfile.TemporaryDirectory(prefix="youju-report-", ignore_cleanup_errors=True) as own,
        product(given or own) as (address, environment),
    ):
        alone = json.loads(script(_ONE, environment))
        browser = signed_in(address)
        pages(browser, address, PAGES // 4)
        idle = pages(browser, address, PAGES)
        script(_MANY, environment)
        busy = pages(browser, address, PAGES)
    ours, peer = p95(busy), p95(idle)
    kept = "kept" if ours <= LIMIT * peer else "NOT KEPT"
    note = (
        f"p95 of the overview while {PACKS} packs are queued against idle; limit {LIMIT:g} x: {kept}. Every document of the "
        f"year and its pack ({alone['files']} files): {alone['seconds']:.1f} s, peak {alone['megabytes']:.0f} MB. "
        f"Load average {os.getloadavg()[0]:.1f}."
    )
    result = {
        "name": "report", "ours": round(ours * 1000, 1), "peer": round(peer * 1000, 1), "ratio": round(ours / peer, 2),
        "unit": "ms", "n": PAGES, "note": note,
    }  # fmt: skip
    print(json.dumps(result, ensure_ascii=False))


@contextmanager
def product(folder: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The running product with the demo; its address and the environment of programs beside it."""
    environment = dict(os.environ) | {"YOUJU_VAR": folder}
    command = [sys.executable, "-m", "youju.cli", "up", "--demo", "--port", "0"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as up:
        assert up.stderr is not None
        found = next((found for line in up.stderr if (found := re.search(r"http://[\d.]+:\d+", line))), None)
        if found is None:
            raise SystemExit("the product did not start")
        try:
            yield found[0], environment
        finally:
            up.send_signal(signal.SIGINT)
            up.communicate(timeout=120)


def script(text: str, environment: dict[str, str]) -> str:
    """What a program beside the product prints."""
    done = subprocess.run(
        [sys.executable, "-c", text], env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout


def signed_in(address: str) -> OpenerDirector:
    """A browser of sorts, signed in."""
    jar = CookieJar()
    browser = build_opener(HTTPCookieProcessor(jar))
    with browser.open(f"{address}/login") as page:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.read().decode())
    assert token is not None
    data = urlencode({"username": USER, "password": PASSWORD, "csrfmiddlewaretoken": token[1]}).encode()
    browser.addheaders = [("Referer", f"{address}/login")]
    browser.open(f"{address}/login", data).close()
    return browser


def pages(browser: OpenerDirector, address: str, count: int) -> list[float]:
    """Seconds of each look at the overview."""
    found = []
    for _ in range(count):
        began = time.perf_counter()
        with browser.open(f"{address}/evaluation/?year={YEAR}") as page:
            assert "绩效评价".encode() in page.read()
        found.append(time.perf_counter() - began)
    return found


def p95(times: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(times, n=20)[-1]


if __name__ == "__main__":
    main()
