"""Pages of risk: board, hits with evidence, deeds, trials, peers, graph, draws; parties see their own alone; lists stay flat."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kept import kept
from risk_stored import peers_of, sold
from trade_deals import DAY, make_deal, party
from trade_people import person
from youju.foundation.identity.roles import Role
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.context import reaching_all
from youju.trade.parties.models import Identifier
from youju.trade.risk import services
from youju.trade.risk.models import Hit

pytestmark = pytest.mark.django_db
ROOM = "/risk/"


@pytest.fixture(autouse=True)
def _reach() -> Iterator[None]:
    with reaching_all():
        yield


@kept
def world():
    """A scanned month: one order too dear, two merchants with one telephone; a head and an officer."""
    deal = make_deal()
    other = party(None, "M2", "merchant", approved_at="2022-01-05T08:00:00+08:00")
    for each in (deal.parties["merchant"], other):
        Identifier.objects.create(
            party=each, kind="phone", holder="contact", sealed="x", fingerprint="b" * 64, masked="1"
        )
    type(other).objects.filter(pk=deal.parties["merchant"].pk).update(approved_at="2022-01-05T08:00:00+08:00")
    peers_of(deal)
    sold(deal, "T230601900001", "240")
    services.scan_window(since=date(2023, 5, 1), until=date(2023, 7, 1))
    services.commit_draws(DAY)
    services.reveal_draws(date(2023, 6, 2))
    return (
        deal,
        person(Role.HED),
        person(Role.STF, username="stf-one", sections=("SC",)),
        Hit.objects.get(rule="RSK-001"),
    )


def enter(who) -> Client:
    client = Client()
    client.force_login(who)
    return client


def body(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(f"{ROOM}{address}")
    assert answer.status_code == status, answer.content.decode()[:600]
    return answer.content.decode()


def test_every_page_opens_for_the_head(world) -> None:
    _, head, _, hit = world
    client = enter(head)
    for address, words in (
        ("", "RSK-001 单价偏离同类"),
        ("?year=2023", "各月"),
        ("hits/", "每个 240 美元"),
        ("hits/?rule=RSK-001&state=open&place=T230601900001&since=2023-05-01", "每个 240 美元"),
        ("hits/?rule=RSK-002", "没有符合筛选条件"),
        (f"hits/{hit.pk}/", "24,000.00"),
        ("rules/", "命中率"),
        ("peers/?q=4202", "420222"),
        ("peers/420222/", "每千克净重"),
        ("peers/999999/", "还没有同类"),
        ("graph/", "M1"),
        ("graph/M1/", 'svg class="ties"'),
        ("lanes/", "还没有报关单定过通道"),
        ("draws/", "2023-06-01"),
        ("draws/2023-06-01/", "核对相符"),
        ("draws/2023-06-02/", "当天过后公布"),
        ("scans/", "2023-05-01 至 2023-07-01"),
    ):
        assert words in body(client, address), address
    for address in ("hits/999999999/", "graph/NOBODY/", "draws/1999-01-01/", "draws/nonsense/"):
        body(client, address, 404)


def test_from_assigned_to_appealed_on_the_pages(world) -> None:
    deal, head, officer, hit = world
    chief, clerk, seller = enter(head), enter(officer), enter(deal.merchant)
    body(seller, f"hits/{hit.pk}/", 404)
    chief.post(f"{ROOM}hits/assign/", {"hit": [hit.pk], "to": "stf-one", "back": hit.pk})
    assert "待处置" in body(clerk, f"hits/{hit.pk}/")
    clerk.post(f"{ROOM}hits/{hit.pk}/ask/", {"words": "请说明单价", "revision": 1})
    assert "每个 240 美元" in body(seller, "own/")
    page = body(seller, f"hits/{hit.pk}/")
    assert "提交说明" in page and "判断用的数" not in page and "关联图" not in page
    seller.post(f"{ROOM}hits/{hit.pk}/answer/", {"words": "高档皮包"})
    clerk.post(f"{ROOM}hits/{hit.pk}/dispose/", {"conclusion": "genuine", "grounds": "查了合同"})
    assert "提交申诉" in body(seller, f"hits/{hit.pk}/")
    seller.post(f"{ROOM}hits/{hit.pk}/appeal/", {"words": "不服"})
    assert "答复申诉" in body(chief, f"hits/{hit.pk}/")
    chief.post(f"{ROOM}hits/{hit.pk}/decide/", {"decision": "维持"})
    row = Hit.objects.get(pk=hit.pk)
    assert (row.state, row.conclusion, row.decision) == ("closed", "genuine", "维持")
    assert "100%" in body(chief, "rules/")
    # What comes too late or is not known is told on the page.
    assert (
        "不能"
        in clerk.post(
            f"{ROOM}hits/{hit.pk}/dispose/", {"conclusion": "genuine", "grounds": "x"}, follow=True
        ).content.decode()
    )
    assert clerk.post(f"{ROOM}hits/{hit.pk}/nonsense/").status_code == 404


def test_a_trial_says_what_another_threshold_would_have_caught(world) -> None:
    _, _, officer, _ = world
    client = enter(officer)
    months = {"since": "2023-05", "until": "2023-06"}
    assert "现在是 5" in body(client, "rules/RSK-001/try/")
    wrong = client.post(f"{ROOM}rules/RSK-001/try/", {**months, "trade.risk.price_score": "many"})
    assert wrong.status_code == 422 and "不是数" in wrong.content.decode()
    asked = client.post(f"{ROOM}rules/RSK-001/try/", {**months, "trade.risk.price_score": "50"})
    assert "正在算" in client.get(asked["Location"]).content.decode()
    before = Hit.objects.count()
    work_off()
    page = client.get(asked["Location"]).content.decode()
    assert "少掉的" in page and "每个 240 美元" in page
    assert Hit.objects.count() == before
    assert "RSK-001" in body(client, "trials/")


def test_as_many_queries_for_any_number_of_hits(world) -> None:
    _, head, _, _ = world
    client = enter(head)

    def counted() -> int:
        with CaptureQueriesContext(connection) as queries:
            body(client, "hits/")
        return len(queries)

    counted()  # what is looked up once for the process
    few = counted()
    Hit.objects.bulk_create(
        Hit(
            rule="RSK-004",
            subject=f"order:X{place}",
            day=DAY,
            message="x",
            suggestion="y",
            as_of=DAY,
            policy_hash="0" * 64,
        )
        for place in range(300)
    )
    assert counted() == few


def test_asking_for_a_scan_of_months(world) -> None:
    _, _, officer, _ = world
    client = enter(officer)
    told = client.post(
        f"{ROOM}scans/new/", {"since": "2023-05", "until": "2023-06"}, follow=True
    ).content.decode()
    assert "已排队扫描" in told
    assert (
        "请照 2023-03"
        in client.post(f"{ROOM}scans/new/", {"since": "x", "until": "2023-06"}, follow=True).content.decode()
    )
