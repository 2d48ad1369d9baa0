"""web-gate: 50 threads ask the running product for its pages, without pause: mean under 250 ms, none above 1 s, no error.

The product is the real one (``youju up --demo``: granian, a worker process for each core, a job worker, embedded PostgreSQL) in a
folder of its own, with a million rows in the audit trail, all on the same machine as the load. Each thread keeps one connection
and one login and asks for the next page as soon as it has read the last answer; status and content are checked. The generator
runs in two processes. Pages are kept in memory until something is written (shell.keeping), so one writer beside the load makes
all of them out of date every second; the first visit, which draws and keeps, is told apart.

    YOUJU_BENCH_ENTRIES=1000000  YOUJU_BENCH_SECONDS=15  YOUJU_BENCH_THREADS=50  YOUJU_BENCH_PAUSE=0 (seconds between pages)
"""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ENTRIES = int(os.environ.get("YOUJU_BENCH_ENTRIES", "1000000"))
SECONDS = float(os.environ.get("YOUJU_BENCH_SECONDS", "15"))
PAUSE = float(os.environ.get("YOUJU_BENCH_PAUSE", "0"))
THREADS = int(os.environ.get("YOUJU_BENCH_THREADS", "50"))
PROCESSES = 2
MEAN, MOST = 250, 1000
PAGES = {
    "home": ("/", "hed", "首页"),
    "list": ("/targets/", "pfo", "项目"),
    "project": ("/targets/13060523P00456310001Q/", "pfo", "绩效"),
    "audit": ("/system/audit/", "aud", "审计记录"),
}


def main() -> None:
    """Print one JSON object."""
    with running() as (port, environment):
        _fill(environment)
        with written_beside(environment):
            figures = {name: ask(port, *page) for name, page in PAGES.items()}
    worst = max(each["mean"] for each in figures.values())
    note = f"{THREADS} threads, {PAUSE:g} s between pages, {SECONDS:g} s a page, {ENTRIES:,} audit rows,"
    note += " the load on the same 2 cores, a write every second (after which no kept page is shown again). "
    note += "; ".join(
        f"{name}: mean {each['mean']:.0f} ms, max {each['max']:.0f} ms, {each['rate']:.0f}/s, {each['errors']} errors, "
        f"first visit {each['first']:.0f} ms"
        for name, each in figures.items()
    )
    kept = all(each["mean"] < MEAN and each["max"] < MOST and not each["errors"] for each in figures.values())
    result = {
        "name": "web-gate",
        "ours": round(worst, 1),
        "peer": MEAN,
        "ratio": round(worst / MEAN, 3),
        "unit": "ms, mean of the slowest page",
        "n": sum(each["n"] for each in figures.values()),
        "note": f"{'gate kept' if kept else 'GATE NOT KEPT'}. {note}",
    }
    print(json.dumps(result, ensure_ascii=False))


@contextmanager
def running(**settings: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Within the block the product runs with its demo in a folder of its own: its port, and its environment."""
    folder = Path(tempfile.mkdtemp(prefix="youju-gate-"))
    environment = os.environ | {"YOUJU_VAR": str(folder)} | settings
    command = [sys.executable, "-m", "youju.cli", "up", "--demo", "--port", "0"]
    up = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        yield _port(up), environment
    finally:
        up.send_signal(signal.SIGINT)
        up.wait(timeout=60)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def written_beside(environment: dict[str, str]) -> Iterator[None]:
    """Within the block somebody works: one audited transaction a second."""
    writer = _write(environment)
    try:
        yield
    finally:
        writer.kill()


def _port(up: subprocess.Popen[str]) -> int:
    assert up.stderr is not None
    for line in up.stderr:
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
        if found:
            threading.Thread(target=up.stderr.read, daemon=True).start()
            return int(found[1])
    raise SystemExit("the product did not start")


def _fill(environment: dict[str, str]) -> None:
    """Fill the trail through its own function, as the application."""
    code = f"""
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "youju.config.settings"
import django
django.setup()
from django.db import transaction
from youju.foundation.audit import selectors
from youju.foundation.audit.services import record_many
from youju.foundation.audit.verbs import verb
from youju.foundation.kernel.context import acting
from youju.foundation.kernel.subjects import Subject
done = verb("bench.row.changed", "修改了")
while (left := {ENTRIES} - selectors.total_entries()) > 0:
    with acting(actor=f"user{{left % 97}}", actor_name="某人", channel="web"), transaction.atomic():
        deeds = [(Subject("bench.row", str(n), f"第{{n}}件"), {{"n": n}}, {{"n": n + 1}}) for n in range(min(left, 20000))]
        record_many(done, deeds)
"""
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=True)


def _write(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """Beside the load somebody works: one audited transaction a second, which makes every kept page out of date."""
    code = """
import os, time
os.environ["DJANGO_SETTINGS_MODULE"] = "youju.config.settings"
import django
django.setup()
from django.db import transaction
from youju.foundation.audit.services import record
from youju.foundation.audit.verbs import verb
from youju.foundation.kernel.subjects import Subject
done = verb("bench.row.changed", "修改了")
while True:
    with transaction.atomic():
        record(done, Subject("bench.row", "1", "第1件"), {"n": 1}, {"n": 2})
    print("written", flush=True)
    time.sleep(1)
"""
    writer = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=environment, stdout=subprocess.PIPE)
    assert writer.stdout is not None
    writer.stdout.readline()  # its start is no part of the load
    return writer


def ask(port: int, path: str, role: str, word: str) -> dict[str, Any]:
    """The figures of one page under the load, of somebody with the role: ``word`` stands in every right answer."""
    cookie = _login(port, role)
    first = _first_visits(port, path, cookie)
    spawn = get_context("fork")
    here, there = spawn.Pipe(duplex=False)
    shares = [THREADS // PROCESSES + (number < THREADS % PROCESSES) for number in range(PROCESSES)]
    crew = [spawn.Process(target=_crew, args=(port, path, cookie, word, share, there)) for share in shares]
    for each in crew:
        each.start()
    times: list[float] = []
    errors = 0
    for _ in crew:
        found, wrong = here.recv()
        times += found
        errors += wrong
    for each in crew:
        each.join()
    return {
        "n": len(times),
        "mean": statistics.fmean(times) * 1000,
        "max": max(times) * 1000,
        "rate": len(times) / SECONDS,
        "errors": errors,
        "first": first,
    }


def _first_visits(port: int, path: str, cookie: str) -> float:
    """The longest of a few visits in milliseconds, so that each worker process has the page: told apart from the load."""
    longest = 0.0
    for _ in range(8):
        connection = http.client.HTTPConnection("127.0.0.1", port)
        began = time.perf_counter()
        connection.request("GET", path, headers={"Cookie": cookie, "Host": "localhost"})
        connection.getresponse().read()
        connection.close()
        longest = max(longest, time.perf_counter() - began)
    return longest * 1000


def _crew(port: int, path: str, cookie: str, word: str, share: int, answer: Any) -> None:
    times: list[float] = []
    errors = [0]
    end = time.perf_counter() + SECONDS
    wanted = word.encode()

    def one() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        headers = {"Cookie": cookie, "Host": "localhost"}
        while (began := time.perf_counter()) < end:
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            body = response.read()
            times.append(time.perf_counter() - began)
            if response.status != 200 or wanted not in body:
                errors[0] += 1
            if PAUSE:
                time.sleep(PAUSE)
        connection.close()

    threads = [threading.Thread(target=one) for _ in range(share)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answer.send((times, errors[0]))


def _login(port: int, role: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/login", headers={"Host": "localhost"})
    page = connection.getresponse()
    text = page.read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)
    first = page.headers.get_all("Set-Cookie") or []
    cookies = "; ".join(each.split(";")[0] for each in first)
    if token is None:
        raise SystemExit("no login page")
    body = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1]})
    headers = {"Cookie": cookies, "Host": "localhost", "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", f"/login/demo/{role}", body, headers)
    answer = connection.getresponse()
    answer.read()
    return "; ".join(each.split(";")[0] for each in answer.headers.get_all("Set-Cookie") or [])


if __name__ == "__main__":
    main()
