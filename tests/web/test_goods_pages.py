"""The pages of the goods room: what they show, what they refuse, that no foreign row is in them, with and without scripts."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import trade_made_goods as made
from trade_people import person
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import reaching_all
from youju.trade.goods.models import Decision, Good, GoodDraft

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def town(db: Any) -> dict[str, Any]:
    """Two merchants with a party each, staff, and a tariff."""
    with reaching_all():
        made.tariff()
        people = {
            "first": person(Role.MER, "SH-1"),
            "second": person(Role.MER, "SH-2"),
            "staff": person(Role.STF),
        }
        return {**people, "one": made.party("SH-1"), "two": made.party("SH-2")}


def browser(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def shown(client: Client, address: str, status: int = 200, **more: Any) -> str:
    response = client.get(address, **more)
    assert response.status_code == status, address
    return response.content.decode()


def form(**more: Any) -> dict[str, Any]:
    return {
        "name": "女式单肩包", "name_en": "Bag", "unit": "个", "hs_code": made.BAG, "brand_kind": "none",
        "element:材质": "PU", "element:种类": "单肩包", "act": "save", **more,
    }  # fmt: skip


def test_a_search_with_and_without_scripts(town: dict[str, Any]) -> None:
    client = browser(town["first"])
    text = shown(client, "/tariff/?q=stb")
    assert made.BAG in text and "千克 / 个" in text and "<html" in text
    alone = shown(client, "/tariff/?q=stb", headers={"HX-Request": "true", "HX-Target": "tariff-hits"})
    assert made.BAG in alone and "<html" not in alone
    assert "没有查到" in shown(client, "/tariff/?q=汽水")
    assert "没有施行中的税则" in shown(client, "/tariff/?q=stb&on=2020-01-01")
    assert "这不是日期" in shown(client, "/tariff/?q=stb&on=昨天")
    assert 'name="pick"' in shown(client, "/tariff/suggest/?hs_code=手提包")
    assert "20%" in shown(client, "/tariff/2508300000/")
    assert "没有编码" in shown(client, "/tariff/9999999999/", 404)
    assert "没有编码" in shown(client, f"/tariff/{made.BAG}/?on=2020-01-01", 404)


def test_versions_their_lines_and_their_difference(town: dict[str, Any]) -> None:
    with reaching_all():
        left = made.tariff("旧版", date(2024, 1, 1), made.ROWS[1:])
    client = browser(town["staff"])
    text = shown(client, "/tariff/versions/")
    assert "现行" in text and "已被接替" in text and "装入新版本" in text
    assert "装入新版本" not in shown(browser(town["first"]), "/tariff/versions/")
    assert "皮革制鞋面" in shown(client, f"/tariff/versions/{left.pk}/")
    assert "共 <b>1</b> 行" in shown(client, f"/tariff/versions/{left.pk}/?duty=yes")
    assert "共 <b>1</b> 行" in shown(client, f"/tariff/versions/{left.pk}/?chapter=64")
    right = left.pk - 1
    address = f"/tariff/versions/difference/?left={left.pk}&right={right}"
    assert "新增" in shown(client, address)
    exported = client.get(f"{address}&export=csv")
    assert made.BAG in b"".join(exported.streaming_content).decode("utf-8-sig")
    assert "共 <b>0</b> 行" in shown(client, f"{address}&kind=gone")
    assert "请选择两个版本" in shown(client, "/tariff/versions/difference/?left=x&right=99999999999")
    shown(client, "/tariff/versions/999999/", 404)


def test_loading_asks_for_a_name_and_a_day_first(town: dict[str, Any]) -> None:
    client = browser(town["staff"])
    address = "/tariff/versions/load/"
    for cells, sentence in (
        ({}, "请写版本名称"),
        ({"name": "新", "valid_from": "x"}, "这不是日期"),
        ({"name": "2025 年版", "valid_from": "2026-01-01"}, "已有叫"),
        ({"name": "新", "valid_from": "2025-01-01"}, "已有从 2025-01-01"),
    ):
        response = client.post(address, cells)
        assert response.status_code == 422
        assert sentence in response.content.decode()
    response = client.post(address, {"name": "新", "valid_from": "2026-01-01"})
    assert response["Location"] == "/imports/new/goods.tariff/?name=%E6%96%B0&valid_from=2026-01-01"
    assert client.get(response["Location"]).status_code == 200


def test_a_merchant_registers_changes_copies_and_withdraws(town: dict[str, Any]) -> None:
    client = browser(town["first"])
    assert "登记第一件商品" in shown(client, "/goods/")
    picture = SimpleUploadedFile("a.png", made.picture())
    response = client.post("/goods/new/", form(party=town["one"].pk, picture=picture))
    with reaching_all():
        good = Good.objects.get()
    assert response["Location"] == f"/goods/{good.pk}/"
    text = shown(client, f"/goods/{good.pk}/")
    assert "女式单肩包" in text and "单肩包" in text and "未认定" in text and "还没有认定" in text
    small = client.get(f"/goods/{good.pk}/picture/small/")
    assert small["Content-Type"] == "image/jpeg"
    assert "sandbox" in small["Content-Security-Policy"] and small["Content-Disposition"].startswith("inline")
    assert b"".join(small.streaming_content).startswith(b"\xff\xd8")
    whole = client.get(f"/goods/{good.pk}/picture/original/")
    assert whole["Content-Disposition"].startswith("attachment")
    assert b"".join(whole.streaming_content) == made.picture()
    assert client.get(f"/goods/{good.pk}/picture/huge/").status_code == 404
    assert client.get(f"/goods/{good.pk}/authorisation/").status_code == 404
    edited = client.post(f"/goods/{good.pk}/edit/", form(name="女包", base="0"))
    assert edited.status_code == 302
    stale = client.post(f"/goods/{good.pk}/edit/", form(name="男包", base="0"))
    assert stale.status_code == 409 and "别人已经改过" in stale.content.decode()
    copied = shown(client, f"/goods/new/?copy={good.pk}")
    assert 'value="女包"' in copied and 'value="PU"' in copied
    assert client.post(f"/goods/{good.pk}/withdraw/", {"reason": ""}).status_code == 422
    assert client.post(f"/goods/{good.pk}/withdraw/", {"reason": "停产"}).status_code == 302
    assert client.get(f"/goods/{good.pk}/edit/").status_code == 409
    assert "恢复" in shown(client, f"/goods/{good.pk}/")
    assert client.post(f"/goods/{good.pk}/restore/").status_code == 302
    assert "下架了" in shown(client, f"/goods/{good.pk}/")


def test_faults_stand_at_their_fields_and_what_was_typed_stays(town: dict[str, Any]) -> None:
    client = browser(town["first"])
    cells = form(party=town["one"].pk, unit="", name_en="包", **{"element:材质": ""})
    response = client.post("/goods/new/", cells)
    text = response.content.decode()
    assert response.status_code == 422
    for sentence in ("请选成交单位", "英文名称里有汉字", "这个编码的申报要素必填"):
        assert sentence in text
    assert 'value="女式单肩包"' in text and 'value="单肩包"' in text
    broken = client.post(
        "/goods/new/", form(party=town["one"].pk, picture=SimpleUploadedFile("a.png", b"no"))
    )
    assert broken.status_code == 422 and "这里不收" in broken.content.decode()
    assert client.post("/goods/new/", form(party=town["two"].pk)).status_code == 403
    with reaching_all():
        assert not Good.objects.exists()


def test_the_code_is_found_and_picked_without_scripts(town: dict[str, Any]) -> None:
    client = browser(town["first"])
    text = client.post("/goods/new/", form(act="find", hs_code="手提包", name="我的包")).content.decode()
    assert 'name="pick" value="4202221000"' in text and 'value="我的包"' in text
    picked = client.post("/goods/new/", form(pick=made.SHOES, name="我的鞋")).content.decode()
    assert 'value="6403190000"' in picked and "element:鞋面材料" in picked and 'value="我的鞋"' in picked
    assert "没有查到" in client.post("/goods/new/", form(act="find", hs_code="汽水")).content.decode()


def test_the_part_that_follows_the_code(town: dict[str, Any]) -> None:
    client = browser(town["first"])
    text = client.post("/goods/elements/", form(pick=made.SHOES)).content.decode()
    assert "鞋面材料" in text and 'hx-swap-oob="true"' in text and "<html" not in text
    assert "现行税则没有编码" in client.post("/goods/elements/", form(hs_code="4202999999")).content.decode()


def test_typing_is_kept_offered_and_forgotten(town: dict[str, Any]) -> None:
    client = browser(town["first"])
    kept = client.post("/goods/keep/", form(party=town["one"].pk, name="半个"))
    assert json.loads(kept.content)["at"]
    text = shown(client, "/goods/new/")
    assert "自动保存、还没有存入" in text and 'value="半个"' in text
    assert "半个" not in shown(browser(town["second"]), "/goods/new/")
    assert client.post("/goods/keep/", form(party=town["one"].pk, name="x" * 2001)).status_code in (200, 413)
    assert client.post("/goods/forget/").status_code == 302
    with reaching_all():
        assert not GoodDraft.objects.exists()
    assert client.post("/goods/keep/", form(good="999999999")).status_code == 404


def test_who_handles_many_parties_names_one_by_its_number(town: dict[str, Any], monkeypatch: Any) -> None:
    monkeypatch.setattr("youju.trade.goods.web.editing._PARTIES", 1)
    client = browser(town["staff"])
    assert "经营户备案号" in shown(client, "/goods/new/")
    wrong = client.post("/goods/new/", form(party_number="没有"))
    assert wrong.status_code == 422 and "没有备案号为" in wrong.content.decode()
    assert client.post("/goods/new/", form(party_number="ZT-SH-2")).status_code == 302
    with reaching_all():
        assert Good.objects.get().party_id == town["two"].pk


def test_without_a_filing_nothing_can_be_registered(db: Any) -> None:
    assert "还不能登记商品" in shown(browser(person(Role.MER, "SH-9")), "/goods/new/")


def test_no_foreign_good_on_any_page_or_endpoint(town: dict[str, Any]) -> None:
    with reaching_all():
        good = made.good(town["two"], "SP-FOREIGN", name="别家的包", state="refused")
        Decision.objects.create(
            good=good, good_revision=0, as_of=made.FROM, policy_hash="0" * 64, facts={}, outcome="refused"
        )
    client = browser(town["first"])
    for address in ("/goods/", "/goods/?export=csv", "/api/v1/goods/"):
        response = client.get(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        assert "别家的包" not in body.decode("utf-8-sig")
    for tail in ("", "edit/", "withdraw/", "picture/small/", "authorisation/"):
        shown(client, f"/goods/{good.pk}/{tail}", 404)
    assert client.post(f"/goods/{good.pk}/restore/").status_code == 404
    assert client.post(f"/goods/{good.pk}/edit/", form()).status_code == 404
    assert client.get(f"/api/v1/goods/{good.pk}").status_code == 404
    assert "不予认定" in shown(browser(town["second"]), f"/goods/{good.pk}/")


def test_the_list_costs_as_many_queries_for_any_size(town: dict[str, Any]) -> None:
    client = browser(town["staff"])
    shown(client, "/goods/")
    counts = []
    for size in (1, 12):
        with reaching_all():
            for number in range(size):
                made.good(town["one"], f"SP{size}-{number}")
        with CaptureQueriesContext(connection) as queries:
            shown(client, "/goods/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
