"""Rounds of counting: uploads in any order and number, two people at once, differences and what follows from them."""

from __future__ import annotations

import json
import threading
import uuid
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assets_made import asset, count_in, counted, opened, today, wish
from funds_made import Staff
from trade_people import as_
from youju.foundation.identity.models import User
from youju.foundation.kernel.errors import InputError
from youju.funds.assets import selectors, services
from youju.funds.assets.models import Asset, Count, Item, Stocktake
from youju.funds.assets.services import AssetRefusedError


def step(actor: User, row: Stocktake, name: str, reason: str = "") -> Stocktake:
    with as_(actor):
        return services.take_stocktake_step(actor=actor, stocktake_id=row.pk, step=name, reason=reason)


def decided(actor: User, row: Stocktake, number: str, decision: str, why: str = "核对过了") -> Item:
    item = Item.objects.get(stocktake=row, number=number)
    with as_(actor):
        return services.decide(actor=actor, stocktake_id=row.pk, item_id=item.pk, decision=decision, why=why)


def test_the_list_is_what_the_scope_says(team: Staff) -> None:
    here, there = asset(team.finance), asset(team.finance, section="SC")
    row = opened(team.finance, section="ZH")
    assert [each.number for each in row.items.all()] == [here.number] and row.size == 1
    assert there.items.count() == 0
    for given, told in (
        ({"section": "CW"}, "没有资产"),
        ({"title": " "}, "要有名称"),
        ({"due_on": today() - timedelta(days=1)}, "已经过了"),
        ({"section": "XX"}, "没有这个科室"),
    ):
        with pytest.raises(InputError, match=told):
            opened(team.finance, **given)
    with as_(team.auditor), pytest.raises(PermissionDenied):
        services.upload_counts(actor=team.auditor, stocktake_id=row.pk, counts=[count_in("x")])


def test_the_same_counts_sent_again_are_written_once(team: Staff) -> None:
    row_asset = asset(team.finance)
    row = opened(team.finance)
    one, two = count_in(f"http://h/assets/code/{row_asset.number}/"), count_in("没有号")
    first = counted(team.asks, row, one, two)
    assert [(each.outcome, each.result) for each in first] == [("new", "found"), ("unreadable", "")]
    again = counted(team.asks, row, two, one)
    assert [each.outcome for each in again] == ["unreadable", "again"]
    assert Count.objects.count() == 1
    twice = counted(team.asks, row, one, one)
    assert [each.outcome for each in twice] == ["again", "again"]
    fresh = count_in(row_asset.number)
    assert [each.outcome for each in counted(team.asks, row, fresh, fresh)] == ["new", "again"]
    other = opened(team.finance, title="另一次")
    with pytest.raises(InputError, match="另一次盘点"):
        counted(team.asks, other, one)


def test_found_elsewhere_of_another_section_or_nobody_s(team: Staff) -> None:
    here, there = asset(team.finance), asset(team.finance, section="SC", place="机房")
    row = opened(team.finance, section="ZH")
    answers = counted(
        team.asks,
        row,
        count_in(here.number, "会议室"),
        count_in(there.number, "办公楼 301"),
        count_in("ZH-999"),
    )
    assert [each.result for each in answers] == ["misplaced", "misplaced", "surplus"]
    assert set(row.items.values_list("number", "listed", "asset")) == {
        (here.number, True, here.pk),
        (there.number, False, there.pk),
        ("ZH-999", False, None),
    }
    corrected = counted(team.asks, row, count_in(here.number))
    assert [(each.outcome, each.result) for each in corrected] == [("new", "found")], (
        "the same person may correct"
    )


def test_counted_by_two_people_is_told_and_the_first_stands(team: Staff) -> None:
    here = asset(team.finance)
    row = opened(team.finance)
    counted(team.asks, row, count_in(here.number))
    (answer,) = counted(team.section, row, count_in(here.number, "会议室"))
    assert answer.outcome == "conflict" and team.asks.display_name in answer.message
    item = row.items.get()
    assert (item.result, item.counted_by) == ("found", team.asks.username)
    assert "会议室" in item.conflict
    with as_(team.finance):
        assert selectors.stocktake_page(team.finance, row.pk).conflicts == 1
        assert selectors.items(team.finance, row.pk, result="conflict").get() == item
    assert Count.objects.filter(outcome="conflict").get().by == team.section.username


@pytest.mark.django_db(transaction=True)
def test_two_phones_at_once_and_each_sends_everything_twice(team: Staff) -> None:
    cards = [asset(team.finance, serial=f"S{place}") for place in range(12)]
    row = opened(team.finance)
    sides = {user.username: [count_in(card.number) for card in cards] for user in (team.asks, team.section)}
    faults: list[BaseException] = []

    def send(user: User) -> None:
        try:
            for _ in range(2):
                for first in range(0, 12, 4):
                    counted(user, row, *sides[user.username][first : first + 4])
        except BaseException as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=send, args=(user,)) for user in (team.asks, team.section) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert Count.objects.count() == 24
    assert Count.objects.filter(outcome="new").count() == 12
    assert Count.objects.filter(outcome="conflict").count() == 12
    items = list(row.items.all())
    assert all(each.result == "found" and each.conflict for each in items)
    # Whoever is named on a line is who came first.
    for each in items:
        assert Count.objects.get(number=each.number, outcome="new").by == each.counted_by


def test_the_whole_round(team: Staff) -> None:
    lost, kept, moved = (asset(team.finance, serial=name) for name in ("S1", "S2", "S3"))
    row = opened(team.finance)
    counted(team.asks, row, count_in(kept.number), count_in(moved.number, "会议室"), count_in("ZH-9"))
    with pytest.raises(InputError, match="结束以后"):
        decided(team.finance, row, moved.number, "update")
    step(team.finance, row, "finish")
    assert row.items.get(number=lost.number).result == "missing"
    with pytest.raises(InputError, match="已经结束清点"):
        counted(team.asks, row, count_in(lost.number))
    step(team.finance, row, "reopen", "还有一间没去")
    assert row.items.get(number=lost.number).result == ""
    step(team.finance, row, "finish")
    with pytest.raises(AssetRefusedError, match="还有 3 件差异"):
        step(team.head, row, "close")
    for number, decision, why, told in (
        (lost.number, "card", "x", "没有这种处理"),
        (lost.number, "explain", " ", "须写说明"),
        ("ZH-9", "card", "ZC0", "没有这个编号的卡片"),
        (kept.number, "found", "x", "没有这件差异"),
    ):
        with pytest.raises(InputError, match=told):
            decided(team.finance, row, number, decision, why)
    decided(team.finance, row, moved.number, "update")
    moved.refresh_from_db()
    assert moved.place == "会议室"
    decided(team.finance, row, lost.number, "dispose", "查找两周没有下落，按盘亏处理")
    lost.refresh_from_db()
    assert (
        lost.state == "leaving"
        and lost.disposals.get().way == "loss"
        and lost.disposals.get().stocktake == row.number
    )
    with pytest.raises(InputError, match="已经提出处置"):
        decided(team.finance, row, lost.number, "found")
    with as_(team.finance):
        new = services.register_asset(actor=team.finance, wish=wish(number="ZH-9", name="投影仪")).asset
    decided(team.finance, row, "ZH-9", "card", new.number)
    with pytest.raises(PermissionDenied):
        step(team.finance, row, "close")
    assert step(team.head, row, "close").state == "closed"
    kept.refresh_from_db()
    assert kept.counted_on == today()


def many(count: int) -> None:
    Asset.objects.bulk_create(
        Asset(
            number=f"M{count}-{place}", name="办公桌", category="A0501", cost=Decimal("980.00"), acquired_on=today(), months=180,
            section="ZH", place=f"办公楼 {place % 40}", created_by="x",
        )
        for place in range(count)
    )  # fmt: skip


def test_three_thousand_items_stay_light(team: Staff) -> None:
    """What a phone keeps of the largest round, and how often the database is asked for it and for an upload."""
    many(3_000)
    row = opened(team.finance)
    client = Client()
    client.force_login(team.asks)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(reverse("assets:count-list", args=[row.pk]))
    assert len(asked) <= 12
    assert len(json.loads(answer.content)["items"]) == 3_000
    assert len(answer.content) < 300_000
    page = client.get(reverse("assets:count", args=[row.pk]))
    assert len(page.content) < 40_000, "the page itself carries no list"
    with CaptureQueriesContext(connection) as asked:
        desk = client.get(reverse("assets:stocktake", args=[row.pk]))
    assert desk.status_code == 200 and len(asked) <= 40
    numbers = list(Asset.objects.order_by("pk").values_list("number", flat=True))
    sizes = []
    for some in (numbers[:50], numbers[50:350]):
        with CaptureQueriesContext(connection) as asked:
            counted(team.asks, row, *[count_in(number) for number in some])
        sizes.append(len(asked))
    assert sizes[1] <= sizes[0] + 2, "as many queries for six times as much"
    with as_(team.asks), pytest.raises(InputError, match="一次至多上传 500 条"):
        services.upload_counts(actor=team.asks, stocktake_id=row.pk, counts=[count_in("x")] * 501)
    many(1)
    with pytest.raises(AssetRefusedError, match="3001 件"):
        opened(team.finance)


def api(client: Client, row: Stocktake, *counts: dict[str, Any]) -> Any:
    return client.post(
        f"/api/v1/assets/stocktakes/{row.pk}/counts",
        json.dumps({"counts": counts}),
        content_type="application/json",
    )


def test_programs_find_open_and_count(team: Staff) -> None:
    here = asset(team.finance)
    row = opened(team.finance)
    client = Client()
    client.force_login(team.asks)
    found = client.get("/api/v1/assets", {"q": "计算机", "category": "A02"}).json()
    assert found["total"] == 1 and found["items"][0]["net"] == "5200.00"
    whole = client.get(f"/api/v1/assets/{here.pk}").json()
    assert len(whole["schedule"]) == 72 and whole["schedule"][-1]["accumulated"] == "5200.00"
    assert client.get("/api/v1/assets/999999").status_code == 404
    given = {"id": str(uuid.uuid4()), "text": here.number, "made_at": "2023-06-01T09:00:00"}
    assert api(client, row, given).json()["counts"][0]["outcome"] == "new"
    assert api(client, row, given).json()["counts"][0]["outcome"] == "again"
    for bad in (
        {},
        given | {"text": ""},
        given | {"text": "a\0b"},
        given | {"id": "x"},
        given | {"made_at": "today"},
        given | {"made_at": "0001-01-01T00:00:00+23:59"},
    ):
        assert api(client, row, bad).status_code == 422, bad
    assert api(client, row).status_code == 422
    lost = api(client, Stocktake(pk=999_999), given)
    assert lost.status_code == 404
    client.force_login(team.auditor)
    assert api(client, row, given).status_code == 403
