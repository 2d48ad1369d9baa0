"""Killed without a word, started again: the data is there. Stopped by Ctrl-C: nothing is left behind."""

from __future__ import annotations

import os
import signal
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from prepared import prepare
from warm import WARM
from youju.foundation.database import leftovers

if TYPE_CHECKING:
    from collections.abc import Iterator

WRITE = "INSERT INTO django_session VALUES ('kept', 'x', now()) RETURNING session_key"
READ = "SELECT session_key FROM django_session WHERE session_key = 'kept'"


def _status(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


def test_a_killed_application_leaves_no_process_and_loses_no_committed_row(
    product, eventually: Callable[..., bool]
) -> None:
    product.start()
    product.sql(WRITE)
    product.kill()
    assert eventually(lambda: product.processes() == [])
    product.start()
    assert product.sql(READ) == [("kept",)]
    assert product.kill(signal.SIGINT) == 0


def test_a_killed_server_is_started_again_under_the_running_application(
    product, eventually: Callable[..., bool]
) -> None:
    product.start()
    product.sql(WRITE)
    first = leftovers.postmaster_pid(product.places.data)
    assert first is not None
    os.kill(first, signal.SIGKILL)

    def again() -> bool:
        pid, status = leftovers.server_status(product.places.data)
        return status == "ready" and pid not in (None, first)

    assert eventually(again)
    assert product.sql(READ) == [("kept",)]
    assert _status(product.address) < 500
    assert product.kill(signal.SIGINT) == 0


def test_a_socket_lock_whose_number_is_taken_does_not_stop_the_start(product) -> None:
    product.start()
    product.kill(signal.SIGINT)
    product.places.socket.mkdir(parents=True, exist_ok=True)
    (product.places.socket / ".s.PGSQL.5432.lock").write_text(f"{os.getpid()}\n/nowhere\n0\n5432\n\n")
    product.start()
    assert product.kill(signal.SIGTERM) == 0


def test_both_killed_at_once_and_started_again(product, eventually: Callable[..., bool]) -> None:
    product.start()
    product.sql(WRITE)
    server = leftovers.postmaster_pid(product.places.data)
    assert server is not None
    os.kill(server, signal.SIGKILL)
    product.kill()
    assert (product.places.data / "postmaster.pid").exists()
    product.start()
    assert product.sql(READ) == [("kept",)]
    assert product.kill(signal.SIGTERM) == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything(product, number: signal.Signals, eventually: Callable[..., bool]) -> None:
    product.start()
    assert len(product.processes()) > 3
    assert product.kill(number) == 0
    assert eventually(lambda: product.processes() == [], 5)
    assert not (product.places.data / "postmaster.pid").exists()


def test_ctrl_c_during_the_first_start_leaves_no_process(product, eventually: Callable[..., bool]) -> None:
    import subprocess

    with subprocess.Popen(
        product.command("up", "--port", "0"), env=product.environment, stderr=subprocess.PIPE, text=True
    ) as early:
        try:
            assert eventually(lambda: bool(leftovers.servers_on(product.places.data)))
            early.send_signal(signal.SIGINT)
            _, said = early.communicate(timeout=60)
        finally:
            early.kill()
    assert "Traceback" not in said
    assert product.processes() == []
    product.start()


NOTED = """
import signal, sys
def noted():
    frame = sys._getframe()
    while frame := frame.f_back:
        if frame.f_code.co_name == {where!r}:
            signal.raise_signal({number})
os.register_at_fork(after_in_parent=noted)
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("where", ["_launch", "_may_pass"])
def test_a_signal_that_comes_while_python_notes_a_fork_is_not_lost(
    product, number: signal.Signals, where: str
) -> None:
    """What is raised in the functions that Python runs after a fork is dropped."""
    if where == "_may_pass" and os.geteuid() != 0:
        pytest.skip("only root looks whether another account may pass")
    prepare(product.var)
    patch = NOTED.format(where=where, number=int(number))
    early = WARM.start(["up", "--port", "0"], product.environment, patch=patch)
    product.started.append(early)
    try:
        status = early.wait(60)
    finally:
        early.kill()
    assert status == (0 if number == signal.SIGINT else 128 + number), early.stderr
    assert "有据已启动" not in early.stderr and "Traceback" not in early.stderr
    assert product.processes() == []


def test_a_second_start_on_the_same_folder_is_refused_in_one_sentence(product) -> None:
    product.start()
    second = product.run("up", "--port", "0")
    assert second.returncode == 2
    assert second.stdout == ""
    assert len(second.stderr.strip().splitlines()) == 1
    assert f"正由进程 {product.process.pid} 使用" in second.stderr
    assert _status(product.address) < 500


def test_a_second_start_on_the_same_port_is_refused_in_one_sentence(product) -> None:
    product.start()
    port = product.address.rstrip("/").rsplit(":", 1)[1]
    second = product.run("up", "--port", port)
    assert second.returncode == 2
    assert f"端口 {port} 已被别的程序占用" in second.stderr
    assert len(second.stderr.strip().splitlines()) == 1


def test_the_second_start_does_nothing_again(product) -> None:
    """Neither tables nor static files nor nomenclature; how long it takes is ``benchmarks/second_start.py``'s to say."""
    prepare(product.var)
    product.start()
    product.kill(signal.SIGINT)
    second = product.command("up", "--port", "0")
    import subprocess

    with subprocess.Popen(second, env=product.environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        said: list[str] = []
        for line in process.stderr:
            said.append(line.strip())
            if "有据已启动" in line:
                break
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    assert len(said) == 1 and said[0].startswith("有据已启动"), said


def test_data_of_another_version_is_refused(product) -> None:
    product.start()
    product.kill(signal.SIGINT)
    (product.places.data / "PG_VERSION").write_text("14\n")
    refused = product.run("up", "--port", "0")
    assert refused.returncode == 2
    assert "属于 PostgreSQL 14" in refused.stderr


def test_a_stale_number_that_now_belongs_to_another_process_does_not_keep_it_from_starting(product) -> None:
    product.start()
    product.kill(signal.SIGINT)
    lines = [
        str(os.getpid()),
        str(product.places.data),
        "0",
        "5432",
        str(product.places.socket),
        "",
        "0 0",
        "ready",
    ]
    (product.places.data / "postmaster.pid").write_text("\n".join(lines) + "\n")
    product.start()


@pytest.fixture
def deep(product, home) -> Iterator[None]:
    product.var = home / ("很深的文件夹" * 5) / "var"
    product.places = type(product.places)(product.var / "postgres")
    product.environment["YOUJU_VAR"] = str(product.var)
    product.var.mkdir(parents=True)
    product.fresh = True
    yield


@pytest.mark.usefixtures("deep")
def test_a_deep_folder_with_chinese_names_works(product) -> None:
    assert product.places.socket.name.startswith("youju-")
    product.start()
    product.sql(WRITE)
    assert product.kill(signal.SIGINT) == 0
