"""Markets and stalls: letting and leaving, the floor map, lists by spreadsheet, and taking those back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from trade_made_changes import market, party, tenancy
from trade_people import as_, person
from youju.foundation.identity.roles import Role
from youju.foundation.imports.declaring import Batch, Row
from youju.foundation.kernel.errors import InputError
from youju.trade.parties import selectors, services
from youju.trade.parties.imports import stalls as imported
from youju.trade.parties.models import Stall, Tenancy

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


@pytest.fixture
def staff() -> Any:
    return person(Role.STF, sections=("SC",))


@pytest.fixture
def stall() -> Stall:
    return Stall.objects.filter(market=market(stalls=2))[0]


def let(actor: Any, stall: Stall, holder: str, since: date = DAY, until: date | None = None) -> Tenancy:
    with as_(actor):
        return services.let_stall(actor=actor, stall_id=stall.pk, holder=holder, since=since, until=until)


def test_one_leaves_and_the_next_comes_the_same_day(staff: Any, stall: Stall) -> None:
    one, other = party("先租户"), party("后租户")
    first = let(staff, stall, one.number)
    with pytest.raises(InputError, match="PTY-111"):
        let(staff, stall, other.number, DAY + timedelta(days=30))
    with as_(staff), pytest.raises(InputError, match="PTY-113"):
        services.end_tenancy(actor=staff, tenancy_id=first.pk, on=DAY - timedelta(days=1))
    with as_(staff):
        services.end_tenancy(actor=staff, tenancy_id=first.pk, on=DAY + timedelta(days=30))
        with pytest.raises(InputError, match="退租"):
            services.end_tenancy(actor=staff, tenancy_id=first.pk, on=DAY + timedelta(days=31))
    with pytest.raises(InputError, match="PTY-111"):
        let(staff, stall, other.number, DAY + timedelta(days=29))
    let(staff, stall, other.number, DAY + timedelta(days=30))
    with as_(person(Role.MER, "M1")):
        page = selectors.stall_page(stall.pk)
    assert [(name, reached) for _, name, reached in page.tenancies] == [("后租户", False), ("先租户", False)]


def test_only_who_may_act_gets_a_stall(staff: Any, stall: Stall) -> None:
    with pytest.raises(InputError, match="PTY-112"):
        let(staff, stall, party("停业", state="suspended").number)
    for holder in ("", "没有这号", party("他科户", sections=["WM"]).number):
        with pytest.raises(InputError) as said:
            let(staff, stall, holder)
        assert said.value.status == 404
    for role in (Role.MER, Role.AUD, Role.HED, Role.ADM):
        with pytest.raises(PermissionDenied):
            let(person(role), stall, party("户").number)


def test_what_may_not_stand_twice(staff: Any, stall: Stall) -> None:
    with as_(staff):
        for place in ({"number": "1-002", "position": 9}, {"number": "新", "position": 2}):
            with pytest.raises(InputError, match="已有摊位"):
                services.save_stall(actor=staff, market_id=stall.market_id, floor=1, row=1, **place)  # type: ignore[arg-type]
        with pytest.raises(InputError):
            services.save_stall(actor=staff, market_id=0, floor=1, row=1, position=1, number="x")
        with pytest.raises(InputError):
            services.save_market(actor=staff, code="太长太长太长太长太长", name="x")
        with pytest.raises(InputError):
            services.save_market(actor=staff, code="x", name="x", market_id=0)
        services.drop_stall(actor=staff, stall_id=stall.pk)
    assert not Stall.objects.filter(pk=stall.pk).exists()


def test_the_map_costs_the_same_for_any_number_of_stalls(staff: Any, django_assert_num_queries: Any) -> None:
    place = market(stalls=30)
    market(floor=2, stalls=3)
    for number, each in enumerate(Stall.objects.filter(market=place, floor=1)[:20]):
        tenancy(party(f"户{number}"), each)
    with as_(staff):
        selectors.market_of(place.pk)
        with django_assert_num_queries(5):
            found = selectors.floor_map(place.pk)
        assert found.floors == (1, 2)
        assert found.counts == {"held": 20, "free": 10, "expiring": 0, "suspended": 0}
        assert len(selectors.floor_map(place.pk, 2).cells) == 3
        assert selectors.floor_map(place.pk, 99).floor == 1
        with django_assert_num_queries(1):
            (row,) = selectors.market_rows()
        assert (row.stall_count, row.held_count) == (33, 20)
        assert [cell.holder for cell in selectors.stall_cells(place.pk, text="户19")] == ["户19"]
    assert selectors.floor_map(market("KONG").pk).cells == ()


def batch(actor: Any, *rows: tuple[Any, ...], kept: Any = None) -> Batch:
    return Batch("b", actor, {}, tuple(Row(at, values) for at, values in enumerate(rows, 2)), kept or {})


def test_a_list_is_judged_by_cell(staff: Any, stall: Stall) -> None:
    holder = party("承租户").number
    stopped = party("停业户", state="suspended").number
    tenancy(party("现户"), stall, DAY)
    with as_(staff):
        found = {
            (each.row, each.column)
            for each in imported.check(
                batch(
                    staff,
                    ("无", 1, 1, 1, "A", None, None),
                    ("HD", 1, 5, 1, "A1", None, None),
                    ("HD", 1, 5, 1, "A1", None, None),
                    ("HD", 1, 1, 2, "A3", None, None),
                    ("HD", 2, 1, 1, "A4", "没有", DAY),
                    ("HD", 2, 1, 2, "A5", stopped, DAY),
                    ("HD", 2, 1, 3, "A6", holder, None),
                    ("HD", 2, 1, 4, "A7", None, DAY),
                    ("HD", 1, 1, 1, "1-001", holder, DAY),
                )
            )
        }
    assert found == {
        (2, "market"), (4, "number"), (4, "position"), (5, "position"), (6, "holder"), (7, "holder"), (8, "since"),
        (9, "since"), (10, "since"),
    }  # fmt: skip


def test_a_list_is_stored_and_taken_back(staff: Any, stall: Stall) -> None:
    old, new = party("现户"), party("新户")
    tenancy(old, stall, DAY)
    second = Stall.objects.get(number="1-002")
    later = DAY + timedelta(days=60)
    before = (list(Stall.objects.order_by("pk").values()), list(Tenancy.objects.order_by("pk").values()))
    rows = (
        ("HD", 1, 1, 2, "1-001", new.number, later),
        ("hd", 1, 1, 1, "1-002", None, None),
        ("HD", -1, 1, 1, "B1", old.number, DAY),
    )
    with as_(staff):
        assert list(imported.check(batch(staff, *rows))) == []
        effects = imported.compare(batch(staff, *rows))
        assert (effects.new, effects.changed, effects.unchanged) == (1, 2, 0)
        kept = imported.store(batch(staff, *rows))
        again = imported.compare(batch(staff, *rows))
        assert (again.new, again.changed, again.unchanged) == (0, 0, 3)
        assert again.token != effects.token
        stall.refresh_from_db()
        second.refresh_from_db()
        assert (stall.position, second.position) == (2, 1)
        assert Tenancy.objects.get(stall=stall, valid_to=None).party == new
        assert "3 条" not in "".join(imported.consequences(batch(staff, kept=kept)))
        imported.undo(batch(staff, kept=kept))
    after = (list(Stall.objects.order_by("pk").values()), list(Tenancy.objects.order_by("pk").values()))
    assert after == before


def test_a_list_on_which_others_stand_stays(staff: Any, stall: Stall) -> None:
    with as_(staff):
        kept = imported.store(batch(staff, ("HD", 3, 1, 1, "C1", None, None)))
        tenancy(party("后来户"), Stall.objects.get(number="C1"))
        with pytest.raises(InputError, match="承租登记"):
            imported.undo(batch(staff, kept=kept))
        held = imported.store(batch(staff, ("HD", 1, 1, 1, "1-001", party("户").number, DAY)))
        Tenancy.objects.filter(pk__in=held["begun"]).update(valid_to=timezone.localdate())
        with pytest.raises(InputError, match="退租"):
            imported.consequences(batch(staff, kept=held))
        with pytest.raises(InputError, match="第 2 行"):
            imported.store(batch(staff, ("无", 1, 1, 1, "A", None, None)))
    merchant = person(Role.MER, "M1")
    with as_(merchant), pytest.raises(PermissionDenied):
        imported.store(batch(merchant, ("HD", 3, 1, 2, "C2", None, None)))
