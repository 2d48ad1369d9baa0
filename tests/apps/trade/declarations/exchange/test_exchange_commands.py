"""``youju declarations exchange run|status`` and ``window``, and the window that answers in the demo alone."""

from __future__ import annotations

import json
from contextlib import nullcontext

import pytest
from typer.testing import CliRunner

from trade_made_sending import key_of, make_declarations, make_desk, state_of, told
from trade_people import as_
from youju.foundation.database import ready
from youju.foundation.identity.models import Installation
from youju.foundation.jobs.defining import definition
from youju.foundation.kernel.errors import InputError
from youju.trade.declarations import services
from youju.trade.declarations.commands import app
from youju.trade.declarations.jobs import run_round
from youju.trade.declarations.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.setenv("YOUJU_EXCHANGE", str(tmp_path))
    monkeypatch.setattr(ready, "django_ready", lambda **_: nullcontext())
    return make_desk(tmp_path)


def sent(desk):
    (row,) = make_declarations(desk)
    with as_(desk.sender) as user:
        services.send_declaration(actor=user, key=key_of(row))
    return row


def call(*words: str) -> tuple[int, dict, str]:
    done = CliRunner().invoke(app, [*words, "--json"])
    return done.exit_code, json.loads(done.stdout), done.stderr


def test_a_round_by_hand_and_how_it_stands(desk) -> None:
    row = sent(desk)
    assert call("exchange", "status")[1]["waiting"] == 1
    status, done, said = call("exchange", "run")
    assert (status, done["put"]) == (0, 1) and "发出 1 份" in said
    desk.drop("x.xml", b"<x/>")
    status, taken, said = call("window", "--folder", str(desk.root), "--rounds", "20", "--delay", "0")
    assert (status, taken["taken"], taken["waiting"]) == (0, 1, 0) and "模拟单一窗口" in said
    status, done, _ = call("exchange", "run")
    assert (status, done["replies"]["poison"]) == (0, 1) and done["replies"]["read"] > 1
    assert state_of(row) in {"exported", "rejected"}
    status, board, _ = call("exchange", "status")
    assert (status, board["refused"], board["folder"]) == (1, 1, str(desk.root))
    shown = CliRunner().invoke(app, ["exchange", "status"])
    assert shown.exit_code == 1 and "异常回执 1" in shown.stdout


def test_the_window_says_what_is_wrong_with_its_options(tmp_path) -> None:
    runner = CliRunner()
    with pytest.raises(InputError, match="没有这个文件夹"):
        runner.invoke(app, ["window", "--folder", str(tmp_path / "no")], catch_exceptions=False)
    with pytest.raises(InputError, match="--lose 的值不对"):
        runner.invoke(app, ["window", "--folder", str(tmp_path), "--lose", "2"], catch_exceptions=False)


def test_the_same_seed_loses_the_same(tmp_path) -> None:
    from youju.trade.declarations.exchange import FolderExchange
    from youju.trade.declarations.exchange.outgoing import signed

    told_by_both = []
    for name in "ab":
        exchange = FolderExchange(tmp_path / name)
        for number in range(1, 30):
            client = f"D{number}-1"
            exchange.put(
                f"{client}.xml", signed(b'<DecMessage xmlns="http://www.chinaport.gov.cn/dec"/>', client)
            )
        options = ("--seed", "4", "--lose", "0.5", "--reorder", "0.5", "--repeat", "0.5", "--rounds", "9")
        told_by_both.append(call("window", "--folder", str(tmp_path / name), *options)[1])
    assert told_by_both[0] == told_by_both[1] and told_by_both[0]["lost"]


def test_in_the_demo_declarations_move_by_themselves_and_elsewhere_nothing_answers(desk) -> None:
    row = sent(desk)
    assert run_round()["put"] == 1 and run_round()["replies"]["read"] == 0
    Installation.objects.create(mode=Installation.Mode.DEMO)
    for _ in range(6):
        run_round()
    assert state_of(row) in {"exported", "rejected"}
    found = definition(run_round)
    assert found is not None and (found.cron, found.atomic) == ("*/5 * * * *", False)


def test_a_kept_reply_is_asked_about_sooner(desk) -> None:
    from datetime import timedelta

    from django.utils import timezone

    from youju.trade.declarations.services.asking import ask_again
    from youju.trade.declarations.services.replying import receive

    row, now = sent(desk), timezone.now()
    receive(told(key_of(row), "accepted", 1), name="a", now=now)
    receive(told(key_of(row), "released", 3), name="c", now=now)
    assert ask_again(now=now + timedelta(minutes=29)).queries == 0
    assert ask_again(now=now + timedelta(minutes=31)).queries == 1
    assert ask_again(now=now + timedelta(minutes=90)).queries == 0  # one waits to be put out
    assert Message.objects.get(kind="DecStateQuery").text == "询问办理状态"
