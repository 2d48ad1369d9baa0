"""The running product and a browser for the journeys: ``youju up --demo`` in a folder of its own, Debian's Chromium."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from prepared import SCALE, prepare
from warm import WARM, Command

PATIENCE = 180.0
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# Nothing that calls out: the journeys run where there is no network.
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


# A page that says what a job has made waits for the job, on a machine where much else may run: no journey looks at a clock.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's path. Without one the journeys are skipped, or fail where ``YOUJU_REQUIRE_BROWSER=1``."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        advice = "浏览器测试没有运行：本机没有 Chromium（apt-get install chromium）"
        pytest.fail(advice) if os.environ.get("YOUJU_REQUIRE_BROWSER") == "1" else pytest.skip(advice)
    return str(found)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser for all journeys; each opens a context of its own."""
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()


Enter = Callable[..., Page]
PASSWORD = "youju-demo-2023"
PHONE, DESK = 390, 1280


@pytest.fixture(scope="module")
def sessions() -> dict[str, Any]:
    """Role → the cookies of its login at this file's product: the form is filled in once for each."""
    return {}


@pytest.fixture
def enter(browser: Browser, address: str, sessions: dict[str, Any]) -> Iterator[Enter]:
    """``enter("mer", 390)``: a browser of its own, logged in as that demo person; ``script=False`` has no JavaScript."""
    contexts: list[BrowserContext] = []

    def login(role: str, width: int = DESK, *, locale: str = "zh-CN", script: bool = True) -> Page:
        context = browser.new_context(
            base_url=address,
            viewport={"width": width, "height": 844 if width == PHONE else 900},
            locale=locale,
            java_script_enabled=script,
            storage_state=sessions.get(role),
        )
        context.set_default_timeout(60_000)
        contexts.append(context)
        page = context.new_page()
        if role in sessions:
            page.goto("/")
        else:
            page.goto("/login")
            page.locator("[name=username]").fill(f"demo-{role}")
            page.locator("[name=password]").fill(PASSWORD)
            page.locator("[name=password]").press("Enter")
            # The form has a heading too: only the next page tells that the login was taken.
            page.wait_for_url(lambda url: "/login" not in url)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        sessions.setdefault(role, {"cookies": context.cookies(), "origins": []})
        return page

    yield login
    for context in contexts:
        context.close()


def fits(page: Page) -> None:
    """Nothing makes the page scroll sideways."""
    # A click may have begun another page, of which nothing is there yet.
    page.wait_for_load_state()
    assert page.locator("html").evaluate("(root) => root.scrollWidth <= window.innerWidth"), page.url


@pytest.fixture(scope="module")
def home(chromium: str) -> Iterator[Path]:
    """The folder of the running product; its ``var`` lies below."""
    with tempfile.TemporaryDirectory(prefix="youju-e2e-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def environment_of(home: Path) -> dict[str, str]:
    """What the product in the folder, and every command meant for it, is started with."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("YOUJU_")}
    return environment | {
        "YOUJU_VAR": str(home / "var"),
        "YOUJU_WORKERS": "1",
        "YOUJU_DEMO_SCALE": SCALE,
    }


def within(home: Path, code: str) -> str:
    """What Python code prints that runs in the product of the folder (``youju django shell -c``)."""
    done = WARM.run(["django", "shell", "--no-imports", "-c", code], environment_of(home))
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    """Where the product with its demo data answers, e.g. ``http://127.0.0.1:40123``. Each file of journeys has one of its
    own: what one journey signs, files or withdraws is not what the next one finds.
    """
    with serving(home) as found:
        yield found


@contextmanager
def serving(home: Path, **settings: str) -> Iterator[str]:
    """Within the block the product with its demo data runs, with more settings in its environment; its address."""
    prepare(home / "var", demo=True)
    log = home / "var" / "log" / "youju.log"
    said_before = log.stat().st_size if log.exists() else 0
    process = WARM.start(["up", "--port", "0", "--demo"], environment_of(home) | settings)
    try:
        yield _address(process)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
    # Whatever a journey looked at: no page may have failed behind its back.
    with log.open("rb") as said:
        said.seek(said_before)
        failed = [told for told in map(json.loads, said) if told["level"] in {"ERROR", "CRITICAL"}]
    assert not failed, "\n".join(f"{told['message']}\n{told.get('traceback', '')}" for told in failed)


def _address(process: Command) -> str:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if match := re.search(r"有据已启动：(http://\S+?)/?(?:\s|$)", process.stderr):
            return match[1]
        assert process.poll() is None, process.stderr
        time.sleep(0.1)
    raise AssertionError(process.stderr)
