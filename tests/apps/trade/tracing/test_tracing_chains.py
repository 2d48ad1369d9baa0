"""The chain both ways, on PostgreSQL: what stands in it, who sees which part, how many queries it takes."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kept import kept
from trade_declared import declared, entered
from trade_loads import BOXES, confirmed
from trade_people import as_, person
from trade_traced import returned, stall_of, traced_deal
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.errors import InputError
from youju.trade.tracing import selectors
from youju.trade.tracing.selectors.pages import Rows

pytestmark = pytest.mark.django_db


@kept
def deal():
    return traced_deal()


def page(actor, text: str):
    with as_(actor) as user:
        found = selectors.look_up(actor=user, text=text)
        opened = selectors.chain_page(actor=user, kind=found.kind, number=found.number)
        return opened, opened.lines[:]


class TestBothWays:
    def test_from_a_declaration_back_to_stall_and_producer(self, deal) -> None:
        number = confirmed(deal)
        row = declared(deal, number)[0]
        staff = person(Role.STF)
        opened, lines = page(staff, str(row))
        assert (opened.origin.kind, opened.overview.counts["declaration"]) == ("declaration", 1)
        assert [line.line.order for line in lines] == [number, number]
        first = lines[0]
        assert first.good.producer == "白沟第一箱包厂"
        assert first.merchant == ("M1", "主体M1") and first.stall.number == stall_of(deal)
        part, source = first.ways[0]
        assert part.container == BOXES[0] and source.declaration == str(row) and source.live
        assert not opened.overview.differences and not first.imbalances

    def test_from_a_stall_on_to_every_declaration_and_country(self, deal) -> None:
        row = declared(deal, confirmed(deal))[0]
        opened, lines = page(person(Role.STF), f"BG:{stall_of(deal)}")
        assert opened.overview.counts == {
            "lines": 2, "merchant": 1, "good": 2, "order": 1, "container": 1, "packing": 1, "declaration": 1, "country": 1,
        }  # fmt: skip
        assert {source.declaration for line in lines for _, source in line.ways} == {str(row)}
        assert {node.label for node in opened.overview.nodes if node.stage == "country"} == {"KE"}

    @pytest.mark.parametrize("kind", ["order", "packing", "container", "merchant", "line"])
    def test_each_number_opens_the_same_goods(self, deal, kind) -> None:
        number = confirmed(deal)
        row = declared(deal, number)[0]
        text = {
            "order": number, "packing": row.packing.number, "container": BOXES[0], "merchant": "M1", "line": f"{row}:1",
        }[kind]  # fmt: skip
        opened, lines = page(person(Role.STF), text)
        assert opened.origin.kind == kind
        assert {line.line.order for line in lines} == {number}
        assert len(lines) == (1 if kind == "line" else 2)

    def test_customs_number_and_address_of_a_code(self, deal) -> None:
        row = declared(deal, confirmed(deal))[0]
        row.entry_number = "123456789012345678"
        row.save(update_fields=["entry_number"])
        assert page(person(Role.STF), "123456789012345678")[0].origin.number == str(row)


class TestReturns:
    def test_a_return_of_a_return_is_balanced(self, deal) -> None:
        number = confirmed(deal)
        back = returned(deal, number, 30)
        again = returned(deal, back, 10)
        opened, lines = page(person(Role.STF), number)
        balance = lines[0].balance
        assert (balance.ordered.quantity, balance.returned.quantity) == (Decimal(100), Decimal(20))
        assert balance.left.quantity == Decimal(80)
        later = {(each.order, each.about, each.depth) for each in opened.overview.later}
        assert later == {(back, number, 1), (again, back, 2)}
        # What a return names opens the sale's chain.
        assert {line.line.order for line in page(person(Role.AUD), again)[1]} == {number}

    def test_what_was_taken_again_can_be_packed_and_no_more(self, deal) -> None:
        number = confirmed(deal)
        back = returned(deal, number, 30)
        again = returned(deal, back, 10)
        declared(deal, number)
        opened, lines = page(person(Role.STF), number)
        assert lines[0].balance.packed.quantity == Decimal(80)
        assert not lines[0].imbalances and lines[0].balance.declared.quantity == Decimal(80)
        with pytest.raises(InputError, match="只剩 20"):
            returned(deal, back, 25)
        assert again in {each.order for each in opened.overview.later}

    def test_more_is_never_returned_of_a_return_than_came_back(self, deal) -> None:
        number = confirmed(deal)
        back = returned(deal, number, 30)
        with pytest.raises(InputError, match="只剩 30"):
            returned(deal, back, 31)


class TestWhoSees:
    def test_a_merchant_sees_its_own_part_of_a_shared_declaration(self, deal) -> None:
        other = traced_deal("Z")
        other.parties["agent"] = deal.parties["agent"]
        other.agent = deal.agent
        from trade_deals import SIGNED
        from youju.trade.parties.models import Agreement

        Agreement.objects.create(
            number="X2", principal=other.parties["merchant"], agent=deal.parties["agent"], state="in_force",
            valid_from="2023-01-01", valid_to="2030-12-31", principal_signed_at=SIGNED, agent_signed_at=SIGNED,
        )  # fmt: skip
        own, theirs = confirmed(deal), confirmed(other)
        row = declared(deal, own, theirs)[0]
        opened, lines = page(deal.merchant, str(row))
        assert {line.line.order for line in lines} == {own} and opened.hidden == 2
        assert {node.label for node in opened.overview.nodes if node.stage == "merchant"} == {"主体M1"}
        assert len(page(person(Role.STF), str(row))[1]) == 4
        with pytest.raises(InputError, match="没有找到编号"):
            page(deal.merchant, theirs)

    def test_nothing_is_found_by_who_takes_no_part(self, deal) -> None:
        number = confirmed(deal)
        stranger = traced_deal("Q").merchant
        for text in (number, "M1"):
            with pytest.raises(InputError, match="没有找到编号"):
                page(stranger, text)
        assert not page(stranger, f"BG:{stall_of(deal)}")[1]

    def test_what_several_things_bear_is_said(self, deal) -> None:
        from youju.trade.parties.models import Market, Stall

        market = Market.objects.create(code="XC", name="新城市场")
        Stall.objects.create(market=market, floor=1, row=1, position=1, number=stall_of(deal))
        with pytest.raises(InputError, match="不止一个") as refused:
            page(person(Role.STF), stall_of(deal))
        assert refused.value.status == 409


class TestQueries:
    def measure(self, actor, text: str) -> int:
        with (
            as_(actor) as user,
            CaptureQueriesContext(
                connection,
            ) as seen,
        ):
            found = selectors.look_up(actor=user, text=text)
            opened = selectors.chain_page(actor=user, kind=found.kind, number=found.number)
            assert opened.lines[:]
            assert list(Rows(opened.lines.scope))
        return len(seen)

    def test_breadth_costs_no_query(self, deal) -> None:
        number = confirmed(deal, lines=[deal.line()])
        declared(deal, number)
        staff = person(Role.STF)
        one = self.measure(staff, "M1")
        wide = confirmed(deal, lines=[deal.line(place % 2, price=Decimal(1) + place) for place in range(49)])
        declared(deal, wide)
        assert len(page(staff, "M1")[1]) == 50
        assert self.measure(staff, "M1") == one <= 45


class TestHubs:
    def test_the_largest_are_told_apart_and_the_rest_are_one_node(self, deal) -> None:
        numbers = [
            confirmed(deal, lines=[deal.line(price=Decimal(10 + n), net_weight=Decimal(60 + n))])
            for n in range(10)
        ]
        declared(deal, *numbers)
        overview = page(person(Role.STF), "M1")[0].overview
        orders = [node for node in overview.nodes if node.stage == "order"]
        assert [node.rest for node in orders if node.rest] == [2] and len(orders) == 9
        assert {node.label for node in orders} >= set(numbers[2:])
        for stage, before in (("order", "good"), ("container", "order"), ("country", "declaration")):
            came = [link for link in overview.links if link.target[0] == stage]
            assert {link.source[0] for link in came} == {before}
            assert sum(link.amounts.net_weight for link in came) == sum(range(60, 70))


class TestStates:
    def test_a_corrected_declaration_no_longer_counts(self, deal) -> None:
        from youju.trade.declarations.models import SourceLine

        number = confirmed(deal)
        row = declared(deal, number)[0]
        SourceLine.objects.filter(line__declaration=row).update(live=False)
        opened, lines = page(person(Role.STF), number)
        assert lines[0].balance.declared.quantity == 0 and lines[0].balance.undeclared.quantity == 100
        assert [source.live for _, source in lines[0].ways] == [False]
        assert opened.overview.counts["declaration"] == 0
        assert page(person(Role.AUD), str(row))[0].overview.counts["declaration"] == 1

    def test_a_line_that_does_not_add_up_is_said(self, deal) -> None:
        from youju.trade.declarations.models import DeclaredLine

        row = declared(deal, confirmed(deal))[0]
        DeclaredLine.objects.filter(declaration=row, g_no=1).update(amount=Decimal("1500.00"))
        opened, _ = page(person(Role.STF), str(row))
        assert [each.sentence for each in opened.overview.differences] == [
            "第 1 项申报的总价 1500，来源各行合计 1200。"
        ]

    def test_what_is_entered_keeps_its_state(self, deal) -> None:
        row = entered(deal, declared(deal, confirmed(deal))[0])
        _, lines = page(deal.merchant, str(row))
        assert {source.state for line in lines for _, source in line.ways} == {"pre_entry"}
