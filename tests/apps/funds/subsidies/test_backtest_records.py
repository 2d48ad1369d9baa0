"""Back-tests on recorded declarations: equal to a recomputation from the tables, kept as they came out, asked by who may."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from statistics_released import released
from subsidy_texts import FLAT, plain, policy
from trade_deals import Deal, make_deal
from trade_people import as_, person
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.funds.subsidies import selectors, services
from youju.funds.subsidies.metrics.backtest_facts import ground_of, teu_of
from youju.funds.subsidies.models import BackTest
from youju.trade.declarations.models import Declaration, SourceLine
from youju.trade.parties.models import Party

pytestmark = pytest.mark.django_db
TEU = {"id": "teu", "title": "按柜", "reference": "第五条", "shape": "per_container", "amount": "300"}


@pytest.fixture
def staff() -> Iterator[User]:
    actor = person(Role.STF)
    with as_(actor):
        yield actor


@pytest.fixture
def deals() -> tuple[Deal, Deal]:
    with reaching_all():
        first, second = make_deal(), make_deal("Z")
        released(first, "2022-06-10", 1000)
        released(first, "2023-01-01", 1500, 250)
        released(first, "2023-12-31", 80, country="RU")
        released(second, "2023-06-15", 900, country="RU")
        Party.objects.update(approved_at=datetime(2022, 1, 1, tzinfo=UTC))
    return first, second


def totals(*clauses: dict[str, object], **terms: object) -> dict[int, int]:
    text = policy(*clauses, **terms)
    with reaching_all():
        ground = ground_of([text], edge=30)
    found = {int(each.party): each.total for each in ground.totals(text)}
    ground.close()
    return found


def exported(year: int, column: str) -> dict[int, Decimal]:
    found: dict[int, Decimal] = {}
    with reaching_all():
        for row in SourceLine.objects.filter(
            live=True, line__declaration__released_at__year=year
        ).select_related("line__declaration"):
            party = row.merchant_id if column == "merchant" else row.line.declaration.agent_id
            found[party] = found.get(party, Decimal(0)) + row.amount
    return found


@pytest.mark.parametrize("role", ["merchant", "agent"])
def test_the_exports_of_a_role_are_those_of_the_tables(deals: object, role: str) -> None:
    expected = {party: int(usd * 5) for party, usd in exported(2023, role).items()}
    assert totals(FLAT, eligible={"roles": [role]}) == expected
    assert expected


def test_growth_reads_the_base_year(deals: tuple[Deal, Deal]) -> None:
    growth = {**FLAT, "shape": "increment", "base": {"from": "2022-01-01", "to": "2023-01-01"}}
    now, before = exported(2023, "merchant"), exported(2022, "merchant")
    assert totals(growth) == {party: int((usd - before.get(party, 0)) * 5) for party, usd in now.items()}


def test_the_parts_of_a_container_make_a_container(deals: object) -> None:
    with reaching_all():
        boxes = (
            Declaration.objects.filter(released_at__year=2023)
            .values_list("packing__containers__pk", flat=True)
            .distinct()
        )
        number = len(set(boxes))
    assert sum(totals(TEU).values()) == number * 2 * 30_000
    assert teu_of(date(2023, 1, 1))["40HQ"] == 2


def test_other_currencies_are_counted_in_dollars(deals: tuple[Deal, Deal]) -> None:
    from youju.trade.orders.models import Rate

    with reaching_all():
        row = Declaration.objects.filter(released_at__year=2023, country="RU").order_by("pk").last()
        assert row is not None
        before = totals(FLAT)
        month = row.declared_on.replace(day=1)
        Rate.objects.update_or_create(
            month=month, currency="USD", defaults={"rate": Decimal(7), "source": "测试"}
        )
        Declaration.objects.filter(pk=row.pk).update(currency="EUR")
        lines = SourceLine.objects.filter(line__declaration=row)
        lines.update(amount_cny=Decimal(700))
        party, count = lines[0].merchant_id, lines.count()
        usd = sum(line.amount for line in lines)
    assert totals(FLAT)[party] == before[party] - int(usd * 5) + count * 500


def test_a_back_test_is_worked_out_and_kept(deals: object, staff: User) -> None:
    row = services.begin_policy(actor=staff, code="test-2024", text=plain(budget="100"))
    older = services.begin_policy(actor=staff, code="other", text=plain({**FLAT, "rate": "0.01"}))
    asked = services.ask_backtest(actor=staff, policy_id=row.pk, year=2023, against_id=older.pk)
    page = selectors.backtest_page(actor=staff, backtest_id=asked.pk)
    assert page is not None
    assert page.run is not None
    work_off()
    done = BackTest.objects.get(pk=asked.pk)
    expected = sum(int(usd * 5) for usd in exported(2023, "merchant").values())
    assert (done.state, done.asked, done.granted) == ("done", Decimal(expected) / 100, Decimal(100))
    assert done.runs_out is not None
    assert done.result["against"]["more"] + done.result["against"]["less"] > 0
    rows = selectors.gainers(actor=staff, backtest_id=asked.pk)
    assert [each.rank for each in rows] == list(range(1, len(rows) + 1))
    assert sum(each.granted for each in rows) == 100
    assert all(each.name for each in rows)


def test_a_policy_is_tried_on_another_year(deals: object, staff: User) -> None:
    found = services.run_on_year(policy(), 2022).result
    assert (found["window"], found["asked"]) == (["2022-01-01", "2023-01-01"], "50.00")


def test_who_may_ask_and_for_which_year(staff: User) -> None:
    row = services.begin_policy(actor=staff, code="test-2024", text=plain())
    unread = services.begin_policy(actor=staff, code="empty")
    for policy_id, year in ((row.pk, 2013), (row.pk, 2999), (unread.pk, 2023), (0, 2023)):
        with pytest.raises(InputError):
            services.ask_backtest(actor=staff, policy_id=policy_id, year=year)
    merchant = person(Role.MER)
    with as_(merchant), pytest.raises(PermissionDenied):
        services.ask_backtest(actor=merchant, policy_id=row.pk, year=2023)
    assert not BackTest.objects.exists()
