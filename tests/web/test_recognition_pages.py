"""The pages and endpoints of recognition: what they show, what they refuse, how many queries they take."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from trade_made_recog import CHARCOAL, DRIED, good, merchant, tariff
from trade_people import person
from youju.foundation.identity.roles import Role
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.context import reaching_all
from youju.trade.goods.models import Campaign, Decision, Good

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def goods() -> Iterator[None]:
    """One good of each outcome, of the merchant O-MER; the tests themselves read every row."""
    with reaching_all():
        tariff()
        party = merchant()
        good(party, "SP1")
        good(party, "SP2", hs_code=CHARCOAL, name="木炭", unit="千克")
        good(party, "SP3", hs_code=DRIED, name="尼龙背包")
        yield


def of(role: Role) -> Client:
    client = Client()
    client.force_login(person(role))
    return client


def shown(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content.decode()[:500]
    return "".join(part.decode() for part in response)


def test_a_merchant_recognises_all_and_reads_why_one_was_refused() -> None:
    client = of(Role.MER)
    assert "认定全部 3 件" in shown(client, "/goods/recognition/")
    answer = client.post("/goods/recognition/all/", follow=True)
    assert "予以认定 1 件" in answer.content.decode()
    page = shown(client, "/goods/SP2/decision/")
    assert "不予认定" in page
    assert "国家禁止或限制出口的商品" in page
    assert 'href="/reference/rules/REC-004/"' in page
    assert "海关总署公告2019年第221号" in page
    assert "不能用说明代替" in page
    assert "style=" not in page
    assert shown(client, "/reference/rules/REC-004/")
    assert "所有规则都通过" in shown(client, "/goods/SP1/decision/")


def test_an_explanation_goes_to_the_officer_and_comes_back() -> None:
    client, officer = of(Role.MER), of(Role.STF)
    client.post("/goods/SP3/recognise/")
    assert client.post("/goods/SP3/explain/", {"text": " "}).status_code == 422
    assert client.post("/goods/SP3/explain/", {"text": "由供货商报检"}).status_code == 302
    assert "等待" not in shown(officer, "/goods/SP3/decision/")
    assert "由供货商报检" in shown(officer, "/goods/waiting/")
    pk = Decision.objects.latest("pk").pk
    assert officer.post("/goods/SP3/judge/", {"decision": "x", "word": "accept"}).status_code == 409
    assert officer.post("/goods/SP3/judge/", {"decision": pk, "word": "reject"}).status_code == 422
    assert officer.post("/goods/SP3/judge/", {"decision": pk, "word": "accept"}).status_code == 302
    assert "没有等待确认的说明" in shown(officer, "/goods/waiting/")
    assert "已认定（经说明）" in shown(client, "/goods/SP3/decision/")


def test_a_decision_shows_facts_law_and_its_replay() -> None:
    client = of(Role.MER)
    client.post("/goods/recognition/all/")
    decision = Decision.objects.get(good__number="SP1")
    page = shown(client, f"/goods/decisions/{decision.pk}/")
    assert decision.policy_hash in page
    assert "以塑料片或纺织材料作面的手提包" in page
    assert "完全一致" in shown(client, f"/goods/decisions/{decision.pk}/replay/")
    decision.pk, decision.policy_hash, decision.outcome = None, "0" * 64, "refused"
    decision._state.adding = True
    decision.save()
    said = shown(client, f"/goods/decisions/{decision.pk}/replay/")
    assert "结论不同" in said
    assert "政策文件此后有变化" in said


@pytest.mark.parametrize(
    "address", ["/goods/decisions/999999999999999999999/", "/goods/XX/decision/", "/goods/campaigns/999/"]
)
def test_what_is_not_there_is_said(address: str) -> None:
    shown(of(Role.STF), address, 404)


def test_statistics_show_a_picture_and_the_table_behind_it() -> None:
    client = of(Role.STF)
    assert "没有商品被规则提出意见" in shown(client, "/goods/refusals/")
    client.post("/goods/recognition/all/")
    page = shown(client, "/goods/refusals/")
    assert "<svg" in page
    assert "REC-004" in page
    assert "REC-004" in shown(client, "/goods/refusals/?export=csv")


def test_a_campaign_is_opened_listed_and_confirmed_by_buttons() -> None:
    client = of(Role.STF)
    client.post("/goods/recognition/all/")
    with reaching_all():
        Good.objects.filter(number="SP1").update(unit="箱")
    assert client.post("/goods/campaigns/open/", {"reason": ""}).status_code == 422
    assert client.post("/goods/campaigns/open/", {"reason": "例行"}).status_code == 302
    pk = Campaign.objects.get().pk
    assert "正在列出" in shown(client, f"/goods/campaigns/{pk}/")
    work_off()
    page = shown(client, f"/goods/campaigns/{pk}/")
    assert "已认定 → 待重新认定" in page
    assert "确认复认" in page
    assert "确认复认" not in shown(of(Role.AUD), f"/goods/campaigns/{pk}/")
    assert client.post(f"/goods/campaigns/{pk}/step/", {"transition": "no"}).status_code == 422
    assert client.post(f"/goods/campaigns/{pk}/step/", {"transition": "confirm"}).status_code == 422
    client.post(f"/goods/campaigns/{pk}/step/", {"transition": "confirm", "reason": "单位有变"})
    work_off()
    assert "已办完" in shown(client, "/goods/campaigns/")
    assert Good.objects.get(number="SP1").state == "outdated"


def test_a_trial_is_typed_and_its_result_exported() -> None:
    client = of(Role.HED)
    known = "trade.goods.vague_names"
    page = shown(client, f"/goods/trials/new/?policy={known}&policy=foundation.jobs.attempts")
    assert "杂货" in page
    assert "foundation.jobs.attempts" not in page.replace("?policy=", "")
    form = {"title": "试", "as_of": "2026-12-01", "policy": known, known: "尼龙背包"}
    assert client.post("/goods/trials/new/", {**form, "as_of": "明天"}).status_code == 422
    assert "写了两次" in client.post("/goods/trials/new/", {**form, known: "甲\n甲"}).content.decode()
    assert client.post("/goods/trials/new/", form).status_code == 302
    work_off()
    pk = Campaign.objects.get().pk
    page = shown(client, f"/goods/campaigns/{pk}/")
    assert "试算，不改变任何商品的认定" in page
    assert "须说明 → 不予认定" in page
    assert "<svg" in page
    assert "SP3" in shown(client, f"/goods/campaigns/{pk}/?export=csv")
    assert not Decision.objects.exists()


def test_the_list_takes_as_many_queries_for_many_goods_as_for_few() -> None:
    client, counts = of(Role.MER), []
    shown(client, "/goods/recognition/")  # what a session asks once
    for turn in "AB":
        with CaptureQueriesContext(connection) as seen:
            shown(client, "/goods/recognition/?size=200")
        counts.append(len(seen))
        party = Good.objects.get(number="SP1").party
        for number in range(20):
            good(party, f"{turn}{number}")
    assert counts[0] == counts[1]


def test_programs_recognise_once_for_each_key() -> None:
    client = of(Role.MER)

    def send(number: str, key: str) -> Any:
        return client.post(f"/api/v1/goods/{number}/recognise", headers={"Idempotency-Key": key})

    first, again = send("SP2", "k1"), send("SP2", "k1")
    assert first.status_code == 200
    assert first.json() == again.json()
    assert again.headers["Idempotent-Replayed"] == "true"
    assert (first.json()["outcome"], first.json()["state"]) == ("refused", "refused")
    assert Decision.objects.count() == 1
    assert send("SP1", "k1").status_code == 422
    assert send("SP2", "").status_code == 422
    assert send("XX", "k2").status_code == 404
    (found,) = client.get("/api/v1/goods/SP2/decisions").json()
    assert found["rules"] == first.json()["rules"]
    assert "REC-004" in found["rules"]
    assert client.get("/api/v1/goods/XX/decisions").status_code == 404
    assert of(Role.BUY).get("/api/v1/goods/SP2/decisions").status_code == 403
