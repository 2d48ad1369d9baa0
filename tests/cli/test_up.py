"""``youju up``: the demo is loaded once, stays the demo, and never stands beside real data."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from prepared import prepare, said_when_made
from trade_made_demo import SMALL_YEAR
from warm import WARM
from youju.config import web
from youju.foundation.kernel.errors import InputError


@pytest.fixture
def environment() -> Iterator[dict[str, str]]:
    """A folder of its own for a product, outside pytest's (which every starting pytest closes)."""
    with tempfile.TemporaryDirectory(prefix="youju-up-", ignore_cleanup_errors=True) as folder:
        kept = {key: value for key, value in os.environ.items() if not key.startswith("YOUJU_")}
        yield kept | {
            "YOUJU_VAR": str(Path(folder) / "var"),
            "YOUJU_WORKERS": "1",
            "YOUJU_DEMO_SCALE": SMALL_YEAR,
        }


def _command(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return WARM.run(arguments, environment)


@contextmanager
def _running(environment: dict[str, str], *arguments: str) -> Iterator[str]:
    """What it said until its address, while it runs."""
    command = [sys.executable, "-m", "youju.cli", "up", "--port", "0", *arguments]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        said = ""
        end = time.monotonic() + 180
        for line in process.stderr:
            said += line
            if "有据已启动" in line or time.monotonic() > end:
                break
        yield said
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
        assert process.wait(60) == 0
        assert rest == "已停止。\n"


def test_the_demo_is_loaded_once_and_stays_the_demo(environment: dict[str, str]) -> None:
    """The first start is the one by which the tests' own demo was made."""
    said = said_when_made(demo=True)
    assert "个项目" in said
    assert "演示账号" in said
    assert "demo-pfo / " in said
    assert re.search(r"有据已启动：http://127\.0\.0\.1:\d+/", said)
    prepare(Path(environment["YOUJU_VAR"]), demo=True)
    with _running(environment, "--demo") as again:
        assert "demo-pfo / " in again
        assert "更新数据表" not in again
        assert "个项目" not in again
    with _running(environment) as without:
        assert "demo-pfo / " in without


def test_the_demo_is_refused_beside_real_data(environment: dict[str, str]) -> None:
    prepare(Path(environment["YOUJU_VAR"]))
    with _running(environment) as said:
        assert "演示账号" not in said
    details = ("--username", "sunjing", "--name", "孙静", "--organisation", "某某中心")
    made = _command(environment, "users", "create-admin", *details)
    assert made.returncode == 0, made.stderr
    refused = _command(environment, "up", "--port", "0", "--demo")
    assert refused.returncode == 2
    assert "已有正式数据，不能再装入演示数据" in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("port", ["70000", "-1"])
def test_a_port_that_is_none_is_refused_in_one_sentence(environment: dict[str, str], port: str) -> None:
    refused = _command(environment, "up", "--port", port)
    assert refused.returncode == 2
    assert "0 到 65535" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_number_of_workers_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_WORKERS", "many")
    with pytest.raises(InputError, match="YOUJU_WORKERS：工作进程数“many”不是正整数"):
        web.workers()


def test_the_database_has_a_session_for_every_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_WORKERS", "64")
    assert web.connections() >= 64 * web.THREADS + 3
