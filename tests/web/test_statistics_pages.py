"""Pages of the statistics: every figure opens its rows, filters ride along, files say their count, the screen names nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from kept import kept
from statistics_released import released
from trade_deals import make_deal
from trade_people import as_, person
from youju.foundation.identity.roles import Role
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.context import reaching_all
from youju.trade.statistics import services
from youju.trade.statistics.models import Alert

pytestmark = pytest.mark.django_db
ROOM = "/statistics/"


@pytest.fixture(autouse=True)
def _reach() -> Iterator[None]:
    with reaching_all():
        yield


@kept
def deal():
    deal = make_deal()
    released(deal, "2022-06-10", 1000)
    released(deal, "2023-06-10", 1500)
    released(deal, "2023-06-20", 500, country="RU")
    return deal


def enter(who) -> Client:
    client = Client()
    client.force_login(who)
    return client


def body(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[:500]
    return answer.content.decode()


def test_figures_and_bars_open_their_rows_and_rows_their_declaration(deal) -> None:
    client = enter(person(Role.HED))
    page = body(client, f"{ROOM}?period=2023-06")
    assert "肯尼亚" in page and "俄罗斯" in page and ">新<" in page
    assert f'href="{ROOM}lines/?period=2023-06&amp;country=RU"' in page
    assert (
        f'xlink:href="{ROOM}lines/?period=2023-06"' in page or f'href="{ROOM}lines/?period=2023-06"' in page
    )
    assert " style=" not in page and "<style" not in page
    rows = body(client, f"{ROOM}lines/?period=2023-06&country=RU")
    assert "共 <b>1</b> 行" in rows
    assert re.search(r'href="/declarations/declarations/D\d+-1/"|href="/declarations/D\d+-1/"', rows)
    assert re.search(r'href="/orders/T\d+/"', rows)
    assert "主体M1" in rows
    assert "俄罗斯 <span" in rows  # the filter in force, with a cross to take it away


def test_filters_ride_along_in_links_sorting_and_files(deal) -> None:
    client = enter(person(Role.HED))
    page = body(client, f"{ROOM}by/merchant/?period=2023-06&country=RU,KE&transport_mode=2")
    ridden = "period=2023-06&amp;country=RU%2CKE&amp;transport_mode=2"
    for address in (
        f"{ROOM}by/merchant/export/parquet/?{ridden}",
        f"{ROOM}by/chapter/?{ridden}",
        f"{ROOM}?{ridden}",
    ):
        assert f'href="{address}"' in page
    assert "sort=value" in page
    part = client.get(
        f"{ROOM}by/merchant/?period=2023-06", headers={"HX-Request": "true", "HX-Target": "listing-groups"}
    ).content.decode()
    assert part.lstrip().startswith("<section")


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
def test_a_file_says_its_count_in_a_header(deal, kind: str) -> None:
    client = enter(person(Role.HED))
    for address, count in ((f"{ROOM}by/country/export/{kind}/", "2"), (f"{ROOM}lines/export/{kind}/", "2")):
        answer = client.get(f"{address}?period=2023-06")
        assert (answer.status_code, answer["X-Row-Count"]) == (200, count)
        assert answer["Cache-Control"] == "no-store"
        assert b"".join(answer.streaming_content)


def test_what_cannot_be_asked_is_said_and_what_is_not_there_is_not_found(deal) -> None:
    client = enter(person(Role.HED))
    assert "2023-13" in body(client, f"{ROOM}?period=2023-13", 422)
    assert "不对" in body(client, f"{ROOM}lines/?country=XX1", 422)
    body(client, f"{ROOM}by/month/", 404)
    body(client, f"{ROOM}by/country/export/pdf/", 400)
    body(client, f"{ROOM}bulletins/2023-13/", 404)
    assert "这段时间没有放行的货物" in body(client, f"{ROOM}?period=2001")
    assert "没有符合条件的放行货物" in body(client, f"{ROOM}lines/?period=2001")


def test_a_merchant_sees_the_own_figures_and_one_tab(deal) -> None:
    other = person(Role.MER, "OTHER")
    assert "这段时间没有放行的货物" in body(enter(other), f"{ROOM}?period=2023-06")
    page = body(enter(deal.merchant), f"{ROOM}?period=2023-06")
    assert "肯尼亚" in page and "运行监测" not in page
    assert enter(deal.merchant).get(f"{ROOM}screen/").status_code == 403


def test_the_screen_names_no_party_and_fetches_itself_anew(deal) -> None:
    page = body(enter(person(Role.AUD)), f"{ROOM}screen/")
    assert '<meta http-equiv="refresh" content="60">' in page
    assert "俄罗斯" in page and "主体" not in page
    assert " style=" not in page and "<script" not in page


def test_queries_do_not_grow_with_the_rows(deal) -> None:
    client = enter(person(Role.HED))

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            body(client, f"{ROOM}?period=2023-06")
            body(client, f"{ROOM}lines/?period=2023-06")
        return len(queries)

    count()
    before = count()
    released(deal, "2023-06-25", 100, 200, 300, country="US")
    count()  # the first request after acting as somebody else tells the database who asks
    assert count() <= before


def test_alerts_are_found_read_and_settled_on_their_pages(deal) -> None:
    staff = person(Role.STF)
    client = enter(staff)
    assert "没有提醒" in body(client, f"{ROOM}alerts/")
    page = client.post(f"{ROOM}alerts/watch/", follow=True).content.decode()
    assert "检查完毕" in page
    with as_(staff):
        services.watch(today=date(2023, 7, 20))
    row = Alert.objects.get(rule="STA-005", subject="country:KE") if Alert.objects.filter(
        rule="STA-005", subject="country:KE").exists() else Alert.objects.first()  # fmt: skip
    assert row is not None
    shown = body(client, f"{ROOM}alerts/{row.pk}/")
    assert escape(row.message) in shown and "处理完毕" in shown
    assert client.post(f"{ROOM}alerts/{row.pk}/", {"conclusion": ""}).status_code == 422
    settled = client.post(f"{ROOM}alerts/{row.pk}/", {"conclusion": "淡季"}, follow=True).content.decode()
    assert "淡季" in settled and "处理完毕</button>" not in settled
    body(client, f"{ROOM}alerts/999999/", 404)


def test_a_bulletin_by_forms_alone(deal) -> None:
    client = enter(person(Role.STF))
    assert "还没有编过月报" in body(client, f"{ROOM}bulletins/")
    assert "请写成" in client.post(f"{ROOM}bulletins/make/", {"month": "六月"}, follow=True).content.decode()
    assert (
        "没有放行的货物"
        in client.post(f"{ROOM}bulletins/make/", {"month": "2001-01"}, follow=True).content.decode()
    )
    page = client.post(f"{ROOM}bulletins/make/", {"month": "2023-06"}, follow=True).content.decode()
    assert "正在生成" in page
    work_off()
    page = body(client, f"{ROOM}bulletins/2023-06/")
    address = re.search(rf'href="({ROOM}bulletins/file/[^"]+)"', page)
    assert address
    answer = client.get(address[1])
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"PK")
    assert "2023年6月" in body(client, f"{ROOM}bulletins/")


def test_district_statistics_say_what_to_do_first() -> None:
    page = body(enter(person(Role.STF)), f"{ROOM}districts/")
    assert "还没有导入全口径统计" in page and 'href="/imports/' in page
    assert 'href="/imports/upload' not in body(enter(person(Role.AUD)), f"{ROOM}districts/")


def test_programs_ask_for_cuts(deal) -> None:
    client = enter(person(Role.HED))
    answer = client.get("/api/v1/statistics/cuts?by=country&period=2023-06&limit=1").json()
    assert (answer["by"], answer["period"], answer["count"], len(answer["items"])) == (
        "country",
        "2023-06",
        2,
        1,
    )
    first = answer["items"][0]
    assert (first["key"], first["label"], first["rank"], first["is_new"]) == ("KE", "肯尼亚", 1, False)
    assert first["on_year"] == "50.000000"
    for wrong in ("by=month", "period=x", "country=Kenya", "limit=0", "limit=501"):
        assert client.get(f"/api/v1/statistics/cuts?{wrong}").status_code == 422
    assert enter(deal.buyer).get("/api/v1/statistics/cuts").status_code == 403
