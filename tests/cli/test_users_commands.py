"""``youju users``: the first administrator, and what the administrator at the machine does when nobody can log in."""

from __future__ import annotations

import getpass
import io
import json
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from django.db import connection

from warm import WARM
from youju import cli
from youju.foundation.database import leftovers, ready
from youju.foundation.database.addresses import APP_NAME, DATABASE_NAME, OWNER_NAME
from youju.foundation.database.places import ServerPlaces
from youju.foundation.database.roles import ensure_embedded_roles, grant_app
from youju.foundation.database.server import EmbeddedServer
from youju.foundation.kernel.context import acting

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

ME = f"{getpass.getuser()}@local"
ADMIN = ("--username", "SunJing ", "--name", "孙静", "--organisation", "某某中心")
PASSWORD = r"[a-zA-Z2-9]{4}(-[a-zA-Z2-9]{4}){3}\n"


@dataclass(frozen=True)
class Said:
    """What a command printed, and its exit status."""

    out: str
    err: str
    status: int


Users = Callable[..., Said]


@pytest.fixture
def users(db: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Users:
    """``youju users …`` as ``main`` runs it, on the test's own database."""

    @contextmanager
    def there(**_: Any) -> Iterator[None]:
        yield

    monkeypatch.setattr(ready, "django_ready", there)
    if cli.app.registered_groups:
        monkeypatch.setattr(cli, "_assemble", lambda: None)

    def run(*arguments: str, typed: str = "") -> Said:
        monkeypatch.setattr(sys, "argv", ["youju", "users", *arguments])
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        monkeypatch.setattr(cli, "_assemble", lambda: None)
        out, err = capsys.readouterr()
        return Said(out, err, int(ended.value.code or 0))

    return run


@pytest.fixture
def people(db: None, settings: Any) -> dict[str, User]:
    """The only administrator and an officer."""
    from youju.foundation.identity.models import Organisation, User

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    centre = Organisation.objects.create(code="ZX", name="某市服务中心", kind="centre")
    made = {}
    for username, name, role in (("sunjing", "孙静", "ADM"), ("zhou", "周敏", "PFO")):
        user = User(username=username, display_name=name, organisation=centre, roles=[role])
        user.must_change_password = False
        user.set_password("seven-blue-lanterns")
        user.save()
        made[username] = user
    return made


def refused(said: Said) -> str:
    """The one line of a refusal."""
    assert (said.status, said.out) == (2, ""), said
    (line,) = said.err.splitlines()
    assert line.startswith("youju：") and line.endswith("。")
    return line


def last(verb: str) -> tuple[str, ...]:
    """Actor, channel, label and reason of the verb's last entry."""
    from youju.foundation.audit.models import Entry

    row = Entry.objects.filter(verb=verb).order_by("at", "segment", "position").last()
    assert row is not None
    return (row.actor, row.channel, row.subject_label, row.reason)


def told(text: str) -> bool:
    """Whether a text stands anywhere in the trail."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_entry e WHERE strpos(e::text, %s) > 0", [text])
        return bool(cursor.fetchone()[0])


class TestCreateAdmin:
    def test_the_password_stands_alone_on_standard_output(self, users: Users) -> None:
        from youju.foundation.identity.models import Installation, User

        said = users("create-admin", *ADMIN)
        assert said.status == 0
        assert re.fullmatch(PASSWORD, said.out)
        assert "已建立系统管理员 sunjing（孙静）" in said.err
        made = User.objects.get()
        assert (made.username, made.roles, made.must_change_password) == ("sunjing", ["ADM"], True)
        assert made.check_password(said.out.strip())
        assert Installation.objects.get().mode == "real"
        assert last("identity.user.created") == (ME, "command", "sunjing（孙静）", "")
        assert not told(said.out.strip())
        assert "已经有系统管理员了" in refused(users("create-admin", *ADMIN))

    def test_asks_for_what_is_missing(self, users: Users) -> None:
        said = users("create-admin", typed="lihua\n\n李华\n某某中心\n")
        assert said.status == 0
        assert re.fullmatch(PASSWORD, said.out)
        assert "姓名：姓名：" in said.err

    def test_says_what_is_missing_where_nobody_answers(self, users: Users) -> None:
        said = users("create-admin", *ADMIN[2:])
        assert said.status == 2
        assert said.err.splitlines()[-1].startswith("youju：缺少 --username；")

    @pytest.mark.parametrize(
        ("wrong", "message"),
        [
            (("--username", "某人"), "用户名由 2 到 32 个小写字母"),
            (("--name", " "), "姓名"),
            (("--organisation-code", "中"), "单位简码"),
        ],
    )
    def test_refuses_in_one_sentence(self, users: Users, wrong: tuple[str, str], message: str) -> None:
        from youju.foundation.identity.models import User

        assert message in refused(users("create-admin", *ADMIN, *wrong))
        assert not User.objects.exists()


class TestList:
    def test_as_json_and_as_lines(self, users: Users, people: dict[str, User]) -> None:
        said = users("list", "--json")
        assert (said.status, said.err) == (0, "")
        found = json.loads(said.out)
        assert [line["username"] for line in found] == ["sunjing", "zhou"]
        assert found[1] == {
            "username": "zhou", "display_name": "周敏", "organisation": "某市服务中心", "roles": ["PFO"],
            "is_active": True, "must_change_password": False, "locked": False, "second_factor": False,
            "is_demo": False, "is_service": False, "last_login": None,
        }  # fmt: skip
        shown = users("list").out.splitlines()
        assert shown[0].split() == ["用户名", "姓名", "单位", "角色", "状态", "两步验证", "最近登录"]
        assert shown[2].split() == ["zhou", "周敏", "某市服务中心", "PFO", "可以登录", "未启用", "从未"]
        assert last("identity.user.list_exported") == (ME, "command", "账号清单", "")

    def test_is_narrowed(self, users: Users, people: dict[str, User]) -> None:
        def names(*wish: str) -> list[str]:
            return [line["username"] for line in json.loads(users("list", "--json", *wish).out)]

        assert names("--role", "ADM") == ["sunjing"]
        assert names("--text", "周") == ["zhou"]
        assert names("--state", "closed") == []
        assert "没有符合条件的账号" in users("list", "--state", "closed").err

    def test_nobody_yet(self, users: Users) -> None:
        said = users("list")
        assert (said.status, said.out) == (0, "")
        assert "create-admin" in said.err
        assert json.loads(users("list", "--json").out) == []

    @pytest.mark.parametrize("wish", [("--role", "XYZ"), ("--state", "odd")])
    def test_refuses_what_it_does_not_know(self, users: Users, wish: tuple[str, str]) -> None:
        assert f"{wish[0]}：不认识“{wish[1]}”" in refused(users("list", *wish))

    def test_a_name_gives_no_orders_to_a_terminal(self, users: Users, people: dict[str, User]) -> None:
        people["zhou"].display_name = "周\x1b[2J敏"
        people["zhou"].save()
        assert "\x1b" not in users("list").out

    def test_many_accounts_cost_as_many_queries_as_few(
        self, users: Users, people: dict[str, User], django_assert_max_num_queries: Any
    ) -> None:
        from youju.foundation.identity import selectors
        from youju.foundation.identity.models import User

        User.objects.bulk_create(
            User(
                username=f"u{n:03}",
                display_name="某人",
                organisation=people["zhou"].organisation,
                roles=["STF"],
            )
            for n in range(300)
        )
        with django_assert_max_num_queries(3):
            assert len(selectors.accounts()) == 302


class TestOpenAndClosed:
    def test_a_disabled_account_is_out_at_once_and_comes_back(
        self, users: Users, people: dict[str, User], client: Any
    ) -> None:
        from youju.foundation.audit.models import Entry
        from youju.foundation.identity.services import note_login

        zhou = people["zhou"]
        client.force_login(zhou, backend="youju.foundation.identity.backends.PasswordBackend")
        note_login(user=zhou, key=client.session.session_key, address=None, agent="")
        assert client.get("/account").status_code == 200
        said = users("disable", "Zhou", "--reason", "已调离")
        assert (said.status, said.out, said.err) == (0, "", "已停用账号 zhou（周敏）。\n")
        assert client.get("/account").status_code == 302
        assert last("identity.user.changed") == (ME, "command", "zhou（周敏）", "已调离")
        count = Entry.objects.count()
        assert "本来就是停用的" in users("disable", "zhou").err
        assert Entry.objects.count() == count
        assert users("enable", "zhou").err == "已启用账号 zhou（周敏）。\n"
        zhou.refresh_from_db()
        assert zhou.is_active

    def test_the_last_administrator_stays(self, users: Users, people: dict[str, User]) -> None:
        assert "最后一位系统管理员" in refused(users("disable", "sunjing"))
        people["zhou"].roles = ["PFO", "ADM"]
        people["zhou"].save()
        assert users("disable", "sunjing").status == 0
        assert "最后一位系统管理员" in refused(users("disable", "zhou"))


class TestResets:
    def test_a_password_of_the_only_administrator(self, users: Users, people: dict[str, User]) -> None:
        said = users("reset-password", "sunjing", "--reason", "忘记密码")
        assert said.status == 0
        assert re.fullmatch(PASSWORD, said.out)
        assert "首次登录时须修改" in said.err
        people["sunjing"].refresh_from_db()
        assert people["sunjing"].check_password(said.out.strip())
        assert people["sunjing"].must_change_password
        assert last("identity.user.password_reset") == (ME, "command", "sunjing（孙静）", "忘记密码")
        assert not told(said.out.strip())

    def test_a_disabled_account_is_told_to_be_so(self, users: Users, people: dict[str, User]) -> None:
        users("disable", "zhou")
        assert "youju users enable" in users("reset-password", "zhou").err

    @pytest.mark.parametrize(("kind", "message"), [("is_demo", "演示账号"), ("is_service", "服务账号")])
    def test_a_password_that_is_public_or_none_stays(
        self, users: Users, people: dict[str, User], kind: str, message: str
    ) -> None:
        setattr(people["zhou"], kind, True)
        people["zhou"].save()
        assert message in refused(users("reset-password", "zhou"))

    def test_a_second_factor_needs_a_reason(self, users: Users, people: dict[str, User]) -> None:
        from django.utils import timezone

        from youju.foundation.identity.models import RecoveryCode, SecondFactor

        sunjing = people["sunjing"]
        SecondFactor.objects.create(user=sunjing, sealed="x", confirmed_at=timezone.now())
        RecoveryCode.objects.create(user=sunjing, digest="x")
        assert "缺少 --reason" in users("reset-second-factor", "sunjing").err
        assert "须写明理由" in refused(users("reset-second-factor", "sunjing", "--reason", " "))
        assert SecondFactor.objects.count() == 1
        said = users("reset-second-factor", "sunjing", "--reason", "手机\n遗失")
        assert (said.status, said.out) == (0, "")
        assert last("identity.factor.reset") == (ME, "command", "sunjing（孙静）", "手机 遗失")
        assert not SecondFactor.objects.exists() and not RecoveryCode.objects.exists()
        assert "没有启用两步验证" in refused(users("reset-second-factor", "sunjing", "--reason", "手机遗失"))


@pytest.mark.parametrize("verb", ["disable", "enable", "reset-password", "reset-second-factor"])
@pytest.mark.parametrize("name", ["nobody", "", "\udcff\udcfe"])
def test_an_unknown_name_is_refused_in_one_sentence(users: Users, verb: str, name: str) -> None:
    assert "没有用户名为" in refused(users(verb, name, "--reason", "x"))


def test_a_name_is_needed(users: Users) -> None:
    assert refused(users("disable")) == "youju：缺少 用户名；请看 youju users disable --help。"


def test_the_services_are_for_commands_alone(people: dict[str, User]) -> None:
    from youju.foundation.identity import services

    calls: list[Callable[[], object]] = [
        services.list_accounts,
        lambda: services.open_account(username="zhou", is_active=False),
        lambda: services.renew_lost_password(username="zhou"),
        lambda: services.forget_lost_factor(username="zhou", reason="x"),
    ]
    for call in calls:
        with acting(channel="web"), pytest.raises(RuntimeError, match="command line alone"):
            call()


@pytest.fixture
def places() -> Iterator[ServerPlaces]:
    """A running server without tables; its folder is outside pytest's own (which every starting pytest closes)."""
    with tempfile.TemporaryDirectory(prefix="youju-users-", ignore_cleanup_errors=True) as folder:
        found = ServerPlaces(Path(folder) / "var" / "postgres")
        server = EmbeddedServer(found, durable=False)
        server.start()
        try:
            ensure_embedded_roles(str(found.socket))
            yield found
        finally:
            server.stop()
            leftovers.clear(found.data)


def test_as_an_administrator_types_it(places: ServerPlaces) -> None:
    """Processes of their own on a real installation, from no tables to a reset password."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("YOUJU_")}

    def youju(*arguments: str) -> CompletedProcess[str]:
        return WARM.run(arguments, kept | {"YOUJU_VAR": str(places.root.parent)})

    bare = youju("users", "list")
    assert (bare.returncode, bare.stdout, bare.stderr.count("\n")) == (2, "", 1)
    assert "请先运行一次 youju up" in bare.stderr
    for verb in (
        ("declarations", "exchange", "status"),
        ("audit", "verify"),
        ("backup", str(places.root / "a.tar")),
    ):
        other = youju(*verb)
        assert (other.returncode, other.stdout) == (2, ""), other.stderr
        assert "请先运行一次 youju up" in other.stderr.splitlines()[-1]
        assert "Traceback" not in other.stderr
    assert youju("django", "migrate", "-v", "0").returncode == 0
    where = {"host": str(places.socket), "user": OWNER_NAME, "dbname": DATABASE_NAME}
    with psycopg.connect(**where, autocommit=True) as owner:
        grant_app(owner, APP_NAME)  # as youju up does after it has migrated
    made = youju("users", "create-admin", *ADMIN)
    assert made.returncode == 0, made.stderr
    assert re.fullmatch(PASSWORD, made.stdout)
    reset = youju("users", "reset-password", "sunjing")
    assert reset.returncode == 0, reset.stderr
    assert re.fullmatch(PASSWORD, reset.stdout) and reset.stdout != made.stdout
    listed = youju("users", "list", "--json")
    assert [line["username"] for line in json.loads(listed.stdout)] == ["sunjing"]
    assert listed.stderr == ""
