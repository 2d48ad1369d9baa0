"""Statistics: each figure is the number of the rows that it opens, for each reader, at a fixed cost."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from trade_made_changes import market, party, tenancy
from trade_people import as_, person
from youju.foundation.identity.roles import Role
from youju.trade.parties import selectors, services
from youju.trade.parties.models import Stall

pytestmark = pytest.mark.django_db


@pytest.fixture
def filed() -> None:
    today = timezone.localdate()
    kept = party("商行甲", roles=["merchant", "manufacturer"])
    tenancy(kept, Stall.objects.filter(market=market(stalls=1))[0])
    party("商行乙", valid_to=today - timedelta(days=1))
    party("外商丙", roles=["buyer"], country="VN", sections=["WM"])
    party("外商丁", roles=["buyer"], country="VN", sections=[], state="submitted", approved_at=None)
    party("并入户", merged_into=kept)


def figures(actor: Any) -> dict[str, dict[str, int]]:
    with as_(actor):
        found = selectors.statistics()
        for name, slices in found.by.items():
            for each in slices:
                assert selectors.filed_rows(**{name: each.key}).count() == each.count, (name, each)
        return {name: {each.label: each.count for each in slices} for name, slices in found.by.items()}


def test_every_figure_is_the_count_of_its_rows(filed: None) -> None:
    found = figures(person(Role.HED))
    assert found["role"] == {"市场经营户": 2, "境外采购商": 2, "生产企业": 1}
    assert found["section"] == {"市场服务科": 2, "外贸服务科": 1, "未分科室": 1}
    assert found["state"] == {"已提交": 1, "已备案": 2, "已到期": 1}
    assert list(found["month"].values()) == [3]
    assert found["market"] == {"和道国际HD": 1}
    assert found["country"] == {"越南": 2}


def test_staff_count_their_sections_and_strangers_nothing(filed: None) -> None:
    found = figures(person(Role.STF, sections=("WM",)))
    assert found["role"] == {"境外采购商": 2}
    with as_(person(Role.MER, "M1")):
        assert selectors.statistics().total == 0


def test_the_cost_does_not_grow(filed: None, django_assert_num_queries: Any) -> None:
    head = person(Role.HED)
    with as_(head):
        selectors.filed_rows().count()
        with django_assert_num_queries(9):
            selectors.statistics()
        with django_assert_num_queries(1):
            assert [row.name for row in selectors.filed_rows(text="商行", state="expired")] == ["商行乙"]
        assert not selectors.filed_rows(month="这个月").exists()


def test_promised_days_open_their_steps() -> None:
    staff, today = person(Role.STF, sections=("SC",)), timezone.localdate()
    other = person(Role.STF, username="other", sections=("SC",))
    for name in ("甲", "乙"):
        row = party(name)
        with as_(staff):
            change = services.request_change(
                actor=staff, party_id=row.pk, values={"address": "x"}, reason="x", expected=1
            )
        with as_(other):
            services.decide_change(actor=other, change_id=change.pk, transition="approve")
    with as_(person(Role.STF, username="wm", sections=("WM",))):
        assert selectors.kept_in(date(today.year, 1, 1), today).rate is None
    with as_(staff):
        kept = selectors.kept_in(date(today.year, 1, 1), today)
        assert (kept.total, kept.kept, kept.late, kept.rate) == (2, 2, 0, "100.0")
        assert selectors.step_rows(since=today, until=today, kept=True).count() == 2
        assert selectors.step_rows(since=today, until=today, kept=False).count() == 0
