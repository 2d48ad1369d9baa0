"""The pages of agency agreements: list, search for a partner, drafting, signing, papers; for both sides and for nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from trade_made_agree import Pair, pair, party
from trade_people import person
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.context import reaching_all
from youju.trade.parties.models import Agreement

pytestmark = pytest.mark.django_db
LIST, NEW = "/parties/agreements/", "/parties/agreements/new/"


@pytest.fixture(autouse=True)
def _reach() -> Iterator[None]:
    with reaching_all():
        yield


@pytest.fixture
def two() -> Pair:
    return pair()


def enter(who: User) -> Client:
    client = Client()
    client.force_login(who)
    return client


def text(answer: Any) -> str:
    return answer.content.decode()


def filled(two: Pair, **changes: str) -> dict[str, str]:
    today = timezone.localdate()
    return {
        "as": f"{two.merchant.pk}-principal",
        "partner": str(two.agent.pk),
        "valid_from": today.isoformat(),
        "valid_to": (today + timedelta(days=200)).isoformat(),
        "goods": "箱包",
        "fee_kind": "rate",
        "fee": "0.8",
        "collection": "principal",
        "exemption": "agent",
        "reports_consignor": "on",
        **changes,
    }


def url(row: Agreement, name: str = "agreement") -> str:
    return reverse(f"parties:{name}", args=[row.pk])


def test_an_empty_list_says_what_to_do_next(two: Pair) -> None:
    html = text(enter(two.seller).get(LIST))
    assert "还没有代理协议" in html
    assert NEW in html
    assert NEW not in text(enter(person(Role.STF)).get(LIST))


def test_from_the_search_to_the_signature(two: Pair) -> None:
    seller, agent = enter(two.seller), enter(two.broker)
    found = text(seller.get(NEW, {"q": "wm-a"}))
    assert f"partner={two.agent.pk}" in found
    region = text(seller.get(NEW, {"q": "wm-a"}, headers={"HX-Request": "true", "HX-Target": "partners"}))
    assert region.startswith('<div id="partners"')
    assert "<html" not in region
    made = seller.post(NEW, filled(two))
    row = Agreement.objects.get()
    assert (made.status_code, made["Location"]) == (302, url(row))
    assert agent.get(url(row)).status_code == 404
    seller.post(url(row, "agreement-step"), {"transition": "offer", "state": "draft"})
    assert row.number in text(agent.get(reverse("workflow:todo")))
    unread = seller.post(url(row, "agreement-sign"), {"text_hash": row.text_hash}, follow=True)
    assert "请先勾选" in text(unread)
    for client in (seller, agent):
        page = text(client.get(url(row)))
        shown = re.search(r'name="text_hash" value="([0-9a-f]{64})"', page)
        assert shown
        client.post(url(row, "agreement-sign"), {"text_hash": shown[1], "read": "yes"})
    row.refresh_from_db()
    assert row.state == "in_force"
    page = text(agent.get(url(row)))
    assert "已生效" in page
    assert two.seller.username in page
    assert 'id="sign"' not in page


def test_faults_stand_beside_their_fields(two: Pair) -> None:
    answer = enter(two.seller).post(NEW, filled(two, fee="99", goods="", valid_to="2020-01-01"))
    assert answer.status_code == 422
    html = text(answer)
    for rule in ("AGR-005", "AGR-006", "AGR-008", "AGR-009"):
        assert rule in html
    unread = enter(two.seller).post(NEW, filled(two, valid_from="昨天"))
    assert "请照 2026-01-31 这样填日期" in text(unread)
    assert not Agreement.objects.exists()


@pytest.mark.parametrize("wrong", [{"partner": ""}, {"partner": "x"}, {"partner": str(2**70)}, {"as": "1-x"}])
def test_a_forged_choice_makes_nothing(two: Pair, wrong: dict[str, str]) -> None:
    enter(two.broker).post(NEW, filled(two, **wrong))
    assert not Agreement.objects.exclude(agent=two.agent, principal=two.merchant).exists()


def test_a_buyers_name_is_not_read_by_counting_up(two: Pair) -> None:
    buyer = party("Amina Private Person", "buyer")
    client = enter(two.seller)
    assert "Amina" not in text(client.get(NEW, {"partner": str(buyer.pk)}))
    answer = client.post(NEW, filled(two, partner=str(buyer.pk)))
    assert "Amina" not in text(answer)


def test_who_has_no_filing_is_told_so() -> None:
    html = text(enter(person(Role.MER, "MS-NEW")).get(NEW))
    assert "现在还不能订立协议" in html


def test_terms_are_changed_and_stale_changes_refused(two: Pair) -> None:
    row = two.offered()
    two.sign(row, two.seller)
    broker = enter(two.broker)
    page = text(broker.get(url(row, "agreement-edit")))
    assert "已有的签署作废" in page
    assert 'value="0.8"' in page
    given = {**filled(two, fee="1.2"), "revision": "0"}
    assert broker.post(url(row, "agreement-edit"), given).status_code == 302
    again = broker.post(url(row, "agreement-edit"), given | {"fee": "1.5"})
    assert again.status_code == 422
    assert "刚被改过" in text(again)
    assert "已作废的签署" in text(broker.get(url(row)))


def test_the_paper_is_asked_for_made_and_downloaded(two: Pair) -> None:
    row = two.concluded()
    broker = enter(two.broker)
    asked = broker.post(reverse("parties:agreement-make", args=[row.pk, "pdf"]))
    assert asked.status_code == 302
    part = text(broker.get(url(row, "agreement-papers"), headers={"HX-Request": "true"}))
    assert 'hx-trigger="every 2s"' in part
    work_off()
    part = text(broker.get(url(row, "agreement-papers"), headers={"HX-Request": "true"}))
    assert "hx-trigger" not in part
    file = re.search(r"/parties/agreements/files/[0-9a-f-]+/", part)
    assert file
    assert "<html" in text(broker.get(url(row, "agreement-papers")))
    for who in (two.seller, person(Role.STF), person(Role.AUD)):
        got = enter(who).get(file[0])
        assert b"".join(got).startswith(b"%PDF")
    for stranger in (pair("MS-B", "WM-B").broker, person(Role.MER, "MS-C")):
        assert enter(stranger).get(file[0]).status_code == 404
    assert broker.post(reverse("parties:agreement-make", args=[row.pk, "exe"])).status_code == 400


def test_no_page_or_export_shows_a_foreign_agreement(two: Pair) -> None:
    row = two.offered()
    others = pair("MS-B", "WM-B")
    stores = person(Role.STF, username="stf-zh", sections=("ZH",))
    for who in (others.seller, others.broker, stores):
        client = enter(who)
        for address in (
            LIST,
            f"{LIST}?export=csv",
            f"{LIST}?text={row.number[:6]}",
            reverse("workflow:todo"),
        ):
            answer = client.get(address)
            content = b"".join(answer) if answer.streaming else answer.content
            assert row.number not in content.decode("utf-8", "ignore")
        for name in ("agreement", "agreement-papers"):
            assert client.get(url(row, name)).status_code == 404
    for who in (others.seller, others.broker):
        client = enter(who)
        assert client.get(url(row, "agreement-edit")).status_code == 404
        assert (
            client.post(url(row, "agreement-sign"), {"text_hash": row.text_hash, "read": "yes"}).status_code
            == 404
        )
        assert (
            client.post(url(row, "agreement-step"), {"transition": "refuse", "reason": "x"}).status_code
            == 404
        )
    for who in (two.seller, two.broker, person(Role.STF), person(Role.AUD), person(Role.HED)):
        client = enter(who)
        assert row.number in text(client.get(LIST))
        page = text(client.get(url(row)))
        assert row.text_hash in page
        assert ('id="sign"' in page) is (who in (two.seller, two.broker))


def test_the_list_filters_and_costs_the_same_for_many(two: Pair, django_assert_max_num_queries: Any) -> None:
    row = two.concluded()
    client = enter(two.seller)
    assert row.number in text(client.get(LIST, {"state": "in_force"}))
    assert row.number not in text(client.get(LIST, {"state": "ended"}))
    assert row.number not in text(client.get(LIST, {"ending": "on"}))
    Agreement.objects.filter(pk=row.pk).update(valid_to=timezone.localdate() + timedelta(days=3))
    assert row.number in text(client.get(LIST, {"ending": "on"}))
    assert "还有 3 天到期" in text(client.get(url(row)))
    with django_assert_max_num_queries(14):
        client.get(LIST)
    with django_assert_max_num_queries(30):
        client.get(url(row))


def test_a_party_in_both_roles_chooses_as_whom(two: Pair) -> None:
    both = party("双料公司", "agent", code="WM-D")
    both.roles = ["agent", "manufacturer"]
    both.save()
    html = text(enter(person(Role.AGT, "WM-D")).get(NEW))
    assert "双料公司（委托方）" in html
    assert "双料公司（受托方）" in html
