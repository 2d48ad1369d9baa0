"""The second factor: set up, asked for, used once, lost, required."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_otp.oath import totp

from apps.foundation.identity.conftest import OWN_PASSWORD
from youju.foundation.audit import selectors as audit
from youju.foundation.identity import limits, services
from youju.foundation.identity.models import Installation, RecoveryCode, SecondFactor
from youju.foundation.identity.roles import Role
from youju.foundation.kernel import sealing
from youju.foundation.kernel.errors import InputError

pytestmark = pytest.mark.django_db
Users = Callable[..., Any]


def code_of(secret: str, steps: int = 0) -> str:
    return f"{totp(base64.b32decode(secret), drift=steps):06d}"


@pytest.fixture
def holder(make_user: Users) -> tuple[Any, str, list[str]]:
    """A user with a device: (user, secret, recovery codes). The set-up used the step before the present one."""
    user = make_user("wang", Role.STF)
    secret, address = services.begin_factor(actor=user)
    assert f"secret={secret}" in address and "otpauth://totp/" in address
    codes = services.confirm_factor(actor=user, code=code_of(secret, -1))
    return user, secret, codes


def enter(client: Client, username: str = "wang") -> Any:
    return client.post("/login", {"username": username, "password": OWN_PASSWORD, "next": "/account"})


class TestLogin:
    def test_asks_for_the_code_and_goes_on_to_the_page(self, holder: Any, client: Client) -> None:
        _, secret, _ = holder
        answer = enter(client)
        assert (answer.status_code, answer.url) == (302, "/login/second")
        assert client.get("/account").status_code == 302  # not in yet
        assert "验证码" in client.get("/login/second").content.decode()
        before = client.session.session_key
        answer = client.post("/login/second", {"code": code_of(secret)})
        assert (answer.status_code, answer.url) == (302, "/account")
        assert client.session.session_key != before
        assert client.get("/account").status_code == 200

    def test_a_wrong_code_counts_towards_the_lock(self, holder: Any, client: Client) -> None:
        enter(client)
        answers = [client.post("/login/second", {"code": "000000"}) for _ in range(12)]
        assert answers[0].status_code == 422 and "验证码不对" in answers[0].content.decode()
        assert 429 in {answer.status_code for answer in answers}
        assert enter(client).status_code == 429

    def test_a_code_is_good_once(self, holder: Any) -> None:
        user, secret, _ = holder
        code = code_of(secret)
        assert services.check_second(user=user, code=f" {code[:3]} {code[3:]} ")
        assert not services.check_second(user=user, code=code)

    @pytest.mark.parametrize(("steps", "good"), [(-2, False), (0, True), (1, True), (2, False)])
    def test_a_clock_may_be_one_step_off(self, holder: Any, steps: int, good: bool) -> None:
        user, secret, _ = holder
        SecondFactor.objects.update(last_step=0)
        assert services.check_second(user=user, code=code_of(secret, steps)) is good

    def test_the_second_step_expires(
        self, holder: Any, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        _, secret, _ = holder
        enter(client)
        session = client.session
        session["second_step"] = session["second_step"] | {"at": "2020-01-01T00:00:00+00:00"}
        session.save()
        assert client.post("/login/second", {"code": code_of(secret)}).url == "/login"

    def test_a_password_changed_meanwhile_ends_it(self, holder: Any, client: Client) -> None:
        user, secret, _ = holder
        enter(client)
        user.set_password("another-long-word")
        user.save()
        assert client.post("/login/second", {"code": code_of(secret)}).url == "/login"

    def test_without_a_first_step_there_is_no_second(self, client: Client) -> None:
        assert client.get("/login/second").url == "/login"


class TestGuessing:
    def test_wrong_codes_close_the_factor_wherever_they_come_from(self, holder: Any) -> None:
        user, secret, codes = holder
        for _ in range(limits.code_failures()):
            assert not services.check_second(user=user, code="000000")
        assert not services.check_second(user=user, code=code_of(secret))
        assert not services.check_second(user=user, code=codes[0])
        lines = audit.history("identity.user", str(user.pk)).lines
        assert [line.deed for line in lines].count("因连续输错验证码暂停了验证，账号") == 1
        back = timezone.now() - limits.lockout_time()
        SecondFactor.objects.update(failed_at=back)
        assert services.check_second(user=user, code=code_of(secret))
        assert SecondFactor.objects.get().failures == 0

    def test_a_right_code_starts_the_count_anew(self, holder: Any) -> None:
        user, _, codes = holder
        for code in codes[:2]:
            for _ in range(limits.code_failures() - 1):
                assert not services.check_second(user=user, code="000000")
            assert services.check_second(user=user, code=code)

    def test_the_account_page_is_no_way_round(self, holder: Any, client: Client) -> None:
        user, secret, _ = holder
        client.force_login(user)
        for _ in range(limits.code_failures()):
            client.post("/account/factor/remove", {"code": "000000"})
        page = client.post("/account/factor/remove", {"code": code_of(secret)}, follow=True).content.decode()
        assert "验证码连续输错次数过多" in page and "以后再试" in page
        assert SecondFactor.objects.get().confirmed_at is not None

    def test_the_login_says_until_when_and_the_administrator_opens(
        self, holder: Any, admin: Any, client: Client
    ) -> None:
        user, secret, _ = holder
        for _ in range(limits.code_failures()):
            services.check_second(user=user, code="000000")
        enter(client)
        answer = client.post("/login/second", {"code": code_of(secret)})
        assert answer.status_code == 429 and "已暂时锁定" in answer.content.decode()
        office = Client()
        office.force_login(admin)
        assert "锁定到" in office.get(f"/users/{user.pk}").content.decode()
        office.post(f"/users/{user.pk}/unlock")
        enter(client)
        assert client.post("/login/second", {"code": code_of(secret)}).url == "/account"

    def test_the_waiting_login_is_gone_once_inside(self, holder: Any, client: Client) -> None:
        _, secret, _ = holder
        enter(client)
        client.post("/login/second", {"code": code_of(secret)})
        assert "second_step" not in client.session


class TestRecovery:
    def test_each_code_opens_once_and_is_on_the_trail(self, holder: Any) -> None:
        user, _, codes = holder
        assert len(set(codes)) == 10
        assert services.check_second(user=user, code=codes[3].lower())
        assert not services.check_second(user=user, code=codes[3])
        line = audit.history("identity.user", str(user.pk)).lines[0]
        assert line.deed == "用备用码登录了，账号"
        assert [(change.name, change.after) for change in line.changes] == [("剩余备用码", "9")]

    def test_codes_are_kept_as_hashes_and_the_secret_sealed(self, holder: Any) -> None:
        _user, secret, codes = holder
        kept = (
            " ".join(RecoveryCode.objects.values_list("digest", flat=True))
            + SecondFactor.objects.get().sealed
        )
        assert secret not in kept and not any(code.replace("-", "") in kept for code in codes)

    def test_new_codes_end_the_old(self, holder: Any) -> None:
        user, secret, codes = holder
        with pytest.raises(InputError, match="验证码不对"):
            services.renew_codes(actor=user, code="000000")
        fresh = services.renew_codes(actor=user, code=code_of(secret))
        assert not services.check_second(user=user, code=codes[0])
        assert services.check_second(user=user, code=fresh[0])


class TestSetUp:
    def test_by_page(self, make_user: Users, client: Client) -> None:
        client.force_login(make_user("wang", Role.STF))
        page = client.get("/account/factor").content.decode()
        assert "<svg" in page and "style=" not in page.split("<svg", 1)[1].split("</svg>")[0]
        secret = "".join(re.search(r"手工输入密钥：<code>([A-Z2-7 ]+)</code>", page)[1].split())
        assert "验证码不对" in client.post("/account/factor", {"code": "123456"}).content.decode()
        page = client.post("/account/factor", {"code": code_of(secret)}).content.decode()
        assert len(re.findall(r"<code>[2-9A-Z]{5}-[2-9A-Z]{5}</code>", page)) == 10
        assert "还有 <b>10</b> 个备用码" in client.get("/account/factor").content.decode()

    def test_a_secret_that_waited_too_long_is_exchanged(self, make_user: Users) -> None:
        user = make_user("wang", Role.STF)
        seen, _ = services.begin_factor(actor=user)
        assert services.begin_factor(actor=user)[0] == seen
        SecondFactor.objects.update(begun_at=timezone.now() - limits.setup_time() - timedelta(seconds=1))
        with pytest.raises(InputError, match="请先用验证器扫二维码"):
            services.confirm_factor(actor=user, code=code_of(seen))
        fresh, _ = services.begin_factor(actor=user)
        assert fresh != seen
        assert len(services.confirm_factor(actor=user, code=code_of(fresh))) == 10

    def test_a_demo_account_has_none(self, make_user: Users) -> None:
        with pytest.raises(InputError, match="演示账号"):
            services.begin_factor(actor=make_user("demo", Role.STF, is_demo=True))

    def test_switched_off_with_a_code_only(self, holder: Any) -> None:
        user, secret, _ = holder
        with pytest.raises(InputError, match="验证码不对"):
            services.remove_factor(actor=user, code="1")
        services.remove_factor(actor=user, code=code_of(secret))
        assert not SecondFactor.objects.exists() and not RecoveryCode.objects.exists()


class TestRequired:
    def test_a_role_that_needs_it_is_led_there_first(self, make_user: Users, client: Client) -> None:
        Installation.objects.create(mode="real")
        client.force_login(make_user("boss", Role.HED))
        answer = client.get("/")
        assert (answer.status_code, answer.url) == (302, "/account/factor")
        assert client.get("/account/factor").status_code == 200
        assert client.get("/api/v1/targets/").status_code == 403
        assert client.get("/", headers={"HX-Request": "true"}).headers["HX-Redirect"] == "/account/factor"
        client.force_login(make_user("clerk", Role.STF))
        assert client.get("/").status_code == 200

    def test_it_cannot_be_switched_off(self, make_user: Users) -> None:
        boss = make_user("boss", Role.HED)
        secret, _ = services.begin_factor(actor=boss)
        services.confirm_factor(actor=boss, code=code_of(secret, -1))
        with pytest.raises(InputError, match="不能停用"):
            services.remove_factor(actor=boss, code=code_of(secret))

    def test_the_administrator_resets_with_a_reason_and_not_his_own(self, holder: Any, admin: Any) -> None:
        user, _, _ = holder
        with pytest.raises(InputError, match="写明理由"):
            services.reset_factor(actor=admin, user=user, reason=" ")
        with pytest.raises(InputError, match="不能重置自己的"):
            services.reset_factor(actor=admin, user=admin, reason="x")
        services.reset_factor(actor=admin, user=user, reason="手机遗失")
        assert audit.history("identity.user", str(user.pk)).lines[0].reason == "手机遗失"
        with pytest.raises(InputError, match="没有启用"):
            services.reset_factor(actor=admin, user=user, reason="x")


def test_keys_rotate(holder: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    user, secret, _ = holder
    old = sealing.ensure_secret("field_key")
    fresh = "n" * 40
    monkeypatch.setenv("YOUJU_FIELD_KEY", f"{fresh},{old}")
    assert services.reseal_fields() == 1
    monkeypatch.setenv("YOUJU_FIELD_KEY", fresh)
    assert services.check_second(user=user, code=code_of(secret))
    monkeypatch.setenv("YOUJU_FIELD_KEY", "o" * 40)
    with pytest.raises(InputError, match="打不开"):
        services.check_second(user=user, code=code_of(secret, 1))
    monkeypatch.setenv("YOUJU_FIELD_KEY", "short")
    with pytest.raises(InputError, match="至少要 32"):
        sealing.seal("x")


@pytest.mark.django_db(transaction=True)
def test_two_at_once_use_a_code_once(make_user: Users) -> None:
    """Somebody who looked over the shoulder types the code at the same moment."""
    user = make_user("wang", Role.STF)
    secret, _ = services.begin_factor(actor=user)
    services.confirm_factor(actor=user, code=code_of(secret, -1))
    code, start = code_of(secret), Barrier(4)

    def enter_code(_: int) -> bool:
        try:
            start.wait(timeout=10)
            return services.check_second(user=user, code=code)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(enter_code, range(4))) == [False, False, False, True]


class TestQueries:
    """What every request of a user costs: the session and the user, for every kind of user."""

    @pytest.mark.parametrize("role", [Role.STF, Role.HED])
    def test_with_and_without_a_factor(
        self, make_user: Users, client: Client, role: Role, django_assert_num_queries: Any
    ) -> None:
        Installation.objects.create(mode="real")
        user = make_user("wang", role)
        client.force_login(user)
        client.get("/account/password")  # starts the session's clock
        with django_assert_num_queries(2):
            client.get("/account/password")
        secret, _ = services.begin_factor(actor=user)
        services.confirm_factor(actor=user, code=code_of(secret))
        with django_assert_num_queries(2):
            client.get("/account/password")

    def test_one_who_is_led_to_the_set_up(
        self, make_user: Users, client: Client, django_assert_num_queries: Any
    ) -> None:
        Installation.objects.create(mode="real")
        client.force_login(make_user("boss", Role.HED))
        client.get("/account/password")
        with django_assert_num_queries(2):
            assert client.get("/account").url == "/account/factor"

    def test_a_demo_account(self, make_user: Users, client: Client, django_assert_num_queries: Any) -> None:
        Installation.objects.create(mode="demo")
        client.force_login(make_user("demo-adm", Role.ADM, is_demo=True))
        client.get("/style/")
        with django_assert_num_queries(2):
            assert client.get("/style/").status_code == 200
