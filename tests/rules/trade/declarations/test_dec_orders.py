# ruff: noqa: N802  (a test bears the id of its rule)
"""Rules on goods lines and orders: silent on sound ones, exact on one spoiled."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from goods_made import LAW, TERMS, kinds, line, order
from youju.rules.findings import Finding
from youju.rules.trade.declarations.checking import admit, check_orders
from youju.rules.trade.declarations.facts import Order, orders_of


def found(rule: str, *orders: Order, rates: dict[str, Decimal] | None = None) -> list[Finding]:
    return [finding for finding in check_orders(orders, LAW, rates) if finding.rule == rule]


def test_sound_orders_are_free_of_findings() -> None:
    assert list(check_orders([order("T1", 1, "149999.99"), order("T2", 2, "0.01")], LAW)) == []


@pytest.mark.parametrize(
    ("amount", "refused"), [("149999.99", 0), ("150000.00", 0), ("150000.01", 1), ("160000.00", 1)]
)
def test_DEC_001_an_order_above_the_cap_is_refused_and_not_cut_up(amount: str, refused: int) -> None:
    findings = found("DEC-001", order("T9", 1, amount))
    assert len(findings) == refused
    if refused:
        assert findings[0].at == {"order": "T9", "declaration": None, "line": None, "field": "amount"}
        assert "150,000.00" in findings[0].message and "不要拆单" in findings[0].suggestion


def test_DEC_001_the_cap_of_another_currency_is_rounded_down_to_its_cent() -> None:
    rates = {"EUR": Decimal("1.1")}
    assert found("DEC-001", order("T1", 1, "136363.63", currency="EUR"), rates=rates) == []
    assert found("DEC-001", order("T1", 1, "136363.64", currency="EUR"), rates=rates) != []


def test_DEC_002_an_order_has_one_currency() -> None:
    mixed = Order("T1", (line(1), line(2, currency="EUR")))
    (finding,) = found("DEC-002", mixed)
    assert "EUR、USD" in finding.message
    assert found("DEC-002", Order("T1", (line(1), line(2)))) == []


def test_DEC_003_two_merchants_in_one_order_are_a_warning_only() -> None:
    mixed = Order("T1", (line(1), line(2, merchant="M2")))
    (finding,) = found("DEC-003", mixed)
    assert finding.severity == "warning"
    admitted, refused, remarks = admit([mixed], LAW)
    assert (len(admitted), refused, [remark.rule for remark in remarks]) == (1, (), ["DEC-003"])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"cents": 0}, "amount"),
        ({"cents": -1}, "amount"),
        ({"quantity": Decimal(0)}, "quantity"),
        ({"net_weight": Decimal(0)}, "net_weight"),
        ({"net_weight": Decimal(-1), "gross_weight": Decimal(0)}, "net_weight"),
        ({"packages": -1}, "packages"),
    ],
)
def test_DEC_004_what_is_not_positive_is_refused(changes: dict[str, object], field: str) -> None:
    (finding,) = found("DEC-004", Order("T1", (replace(line(1), **changes),)))
    assert (finding.at["line"], finding.at["field"]) == (1, field)


def test_DEC_004_a_cent_and_no_package_of_its_own_are_right() -> None:
    assert found("DEC-004", order("T1", 1, "0.01", packages=0)) == []


def test_DEC_005_net_weight_may_equal_gross_weight_and_no_more() -> None:
    assert found("DEC-005", order("T1", 1, "1.00", gross_weight=Decimal("8.5"))) == []
    (finding,) = found("DEC-005", order("T1", 1, "1.00", gross_weight=Decimal("8.49999")))
    assert "8.5 千克，大于毛重 8.49999 千克" in finding.message


def test_DEC_006_fifty_lines_fit_and_fifty_one_do_not() -> None:
    fifty = orders_of(kinds(["9.00"] * 50, inspection=True))
    more = orders_of(kinds(["9.00"] * 51, inspection=True))
    assert found("DEC-006", *fifty) == []
    (finding,) = found("DEC-006", *more)
    assert "51 项，一票报关单最多 50 项" in finding.message


def test_DEC_006_fifty_one_kinds_that_merge_do_fit() -> None:
    assert found("DEC-006", *orders_of(kinds(["9.00"] * 51))) == []
    assert TERMS.max_lines == 50


def test_DEC_007_marks_of_one_code_should_agree() -> None:
    one, two = order("T1", 1, "1.00"), order("T2", 2, "1.00", inspection=True)
    (finding,) = found("DEC-007", one, two)
    assert "4202220000" in finding.message and "第 1 行和第 2 行" in finding.message
    assert found("DEC-007", one, order("T2", 2, "1.00")) == []


def test_DEC_015_a_currency_needs_a_rate() -> None:
    euros = order("T1", 1, "1.00", currency="EUR")
    (finding,) = found("DEC-015", euros)
    assert "usd_rates" in finding.suggestion
    assert found("DEC-015", euros, rates={"EUR": Decimal("1.08")}) == []
    assert found("DEC-015", euros, rates={"EUR": Decimal(0)}) != []


def test_a_refused_order_is_named_once_with_the_first_rule_it_breaks() -> None:
    broken = Order("T9", (line(1, "160000.00", order="T9"), line(2, "0.00", order="T9")))
    admitted, refused, _ = admit([broken, order("T1", 3, "1.00")], LAW)
    assert [each.number for each in admitted] == ["T1"]
    assert [(each.order, each.rule) for each in refused] == [("T9", "DEC-001")]
