"""Pages, endpoint and command of the duplicate proof."""

from __future__ import annotations

import json

import pytest
from django.template import Context, Template
from django.test import Client
from django.urls import reverse
from typer.testing import CliRunner

from duplicates_made import applied
from trade_people import as_, person
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import reaching_all
from youju.funds.subsidies.models import DuplicateHit
from youju.funds.subsidies.services.duplicates import look_for

pytestmark = pytest.mark.django_db
LINE = (("040220230000000001", 3, 71),)


def client(role: Role) -> Client:
    found = Client()
    found.force_login(person(role))
    return found


def made() -> DuplicateHit:
    one = applied("白沟宏达箱包有限公司", lines=LINE, account="6217000012345678")
    other = applied("宏达箱包厂<b>", lines=LINE, account="6217000012345678")
    for row in (one, other):
        look_for(row.pk)
    with reaching_all():
        return DuplicateHit.objects.select_related("first", "second").get()


def test_the_empty_list_says_what_comes() -> None:
    page = client(Role.STF).get(reverse("duplicates:hits"))
    assert page.status_code == 200
    assert "没有等待判断的重复线索" in page.content.decode()


def test_the_list_filters_sorts_and_hands_out() -> None:
    row = made()
    browser = client(Role.AUD)
    page = browser.get(reverse("duplicates:hits")).content.decode()
    assert reverse("duplicates:hit", args=[row.pk]) in page and "同一报关单商品项申报两次" in page
    assert "宏达箱包厂&lt;b&gt;" in page
    assert row.first.number not in browser.get(f"{reverse('duplicates:hits')}?state=cleared").content.decode()
    file = browser.get(f"{reverse('duplicates:hits')}?export=csv")
    assert row.first.number in b"".join(file.streaming_content).decode("utf-8-sig")


def test_both_records_stand_side_by_side_with_what_is_equal_marked() -> None:
    page = client(Role.STF).get(reverse("duplicates:hit", args=[made().pk])).content.decode()
    for words in (
        "先申请的",
        "后申请的",
        "报关单商品项",
        "相同",
        "DUP-001",
        "DUP-005",
        "****5678",
        "硬证据要两个人",
    ):
        assert words in page
    assert "6217000012345678" not in page


def test_deciding_on_the_page() -> None:
    row, browser = made(), client(Role.STF)
    address = reverse("duplicates:hit", args=[row.pk])
    short = browser.post(address, {"verdict": "duplicate", "why": "", "against": "second"})
    assert short.status_code == 422 and "请写明看了什么" in short.content.decode()
    stale = browser.post(
        address, {"verdict": "duplicate", "why": "看过", "against": "second", "expected": "gone"}
    )
    assert stale.status_code == 409
    done = browser.post(
        address, {"verdict": "duplicate", "why": "同一票货", "against": "second", "expected": "open"}
    )
    assert done.status_code == 302
    page = browser.get(address).content.decode()
    assert "确认重复" in page and "后申请的一份不予补助" in page and "同一票货" in page
    again = browser.post(address, {"verdict": "reopen", "why": "再看"})
    assert again.status_code == 403 and "复核人员" in again.content.decode()


def test_who_only_looks_sees_no_form() -> None:
    address = reverse("duplicates:hit", args=[made().pk])
    page = client(Role.AUD).get(address).content.decode()
    assert 'name="verdict"' not in page
    assert client(Role.MER).get(address).status_code == 403


def test_a_look_at_all_on_demand() -> None:
    applied(lines=LINE)
    applied(lines=LINE)
    answer = client(Role.FIN).post(reverse("duplicates:look"), follow=True)
    assert "比对了 2 份申请：线索 1 条，新发现 1 条" in answer.content.decode()


def test_the_part_for_an_applications_page(django_assert_num_queries) -> None:
    row = made()
    template = Template("{% load duplicates %}{% duplicate_hits key %}")
    with as_(person(Role.STF)), django_assert_num_queries(1):
        part = template.render(Context({"key": row.second.application_id}))
    assert row.first.number in part and "待核对" in part
    with as_(person(Role.MER)):
        assert row.first.number not in template.render(Context({"key": row.second.application_id}))
    assert "没有发现与别的申请重复" in template.render(Context({"key": 0}))


def test_the_endpoint_reads() -> None:
    row, browser = made(), client(Role.STF)
    found = browser.get("/api/v1/subsidies/duplicates/").json()
    assert (found["next"], [each["id"] for each in found["items"]]) == (None, [row.pk])
    item = found["items"][0]
    assert (item["first"]["number"], item["hard"], item["state"]) == (row.first.number, True, "open")
    assert item["reasons"][0]["rule"] == "DUP-001"
    assert browser.get(f"/api/v1/subsidies/duplicates/{row.pk}").json() == item
    assert browser.get("/api/v1/subsidies/duplicates/999999").status_code == 404
    assert browser.get("/api/v1/subsidies/duplicates/?state=odd").status_code == 422
    assert browser.get(f"/api/v1/subsidies/duplicates/?after={row.pk}").json()["items"] == []


def test_the_command_prints_one_value(monkeypatch: pytest.MonkeyPatch) -> None:
    from contextlib import nullcontext

    from youju.foundation.database import ready
    from youju.funds.subsidies.commands import app

    monkeypatch.setattr(ready, "django_ready", lambda **_: nullcontext())
    assert CliRunner().invoke(app, ["duplicates"]).exit_code == 0
    row = made()
    told = CliRunner().invoke(app, ["duplicates", "--json"])
    assert told.exit_code == 1
    value = json.loads(told.stdout)
    assert value["compared"] == 2 and value["waiting"][0]["id"] == row.pk
    plain = CliRunner().invoke(app, ["duplicates"]).stdout
    assert row.first.number in plain and "两份申报都用了报关单" in plain
