"""The rules STA-…: what passes, what is found, the day before a limit and the day itself."""
# ruff: noqa: N802 - a rule's test bears its id

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from youju.foundation.policies import law_on
from youju.rules.findings import Finding
from youju.rules.registry import REGISTRY
from youju.rules.trade.statistics.facts import (
    DistrictCase,
    MerchantCase,
    PortCase,
    ReleaseCase,
    ReplyCase,
    ValueCase,
)

TODAY = date(2023, 11, 20)
FIRST_DAY = date(2020, 1, 1)


def ask(rule: str, facts: object, day: date = TODAY) -> list[Finding]:
    in_force = [each for each in REGISTRY.in_force(day, "watch") if each.id == rule]
    return [finding for each in in_force for finding in each.findings(facts, law_on(day))]


def month(value: str, year: str = "0", before: str = "0") -> ValueCase:
    return ValueCase("total", "全部", date(2023, 10, 1), Decimal(value), Decimal(year), Decimal(before))


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_STA_001_a_month_a_fifth_below_last_years_is_found() -> None:
    (found,) = ask("STA-001", month("800000", year="1000000"))
    assert found.at == {"subject": "total", "period": "2023-10"}
    assert "80.00 万元" in found.message and "上年同月 100.00 万元，下降 20.0%" in found.message


def test_STA_001_a_cent_less_of_a_fall_passes() -> None:
    assert ask("STA-001", month("800000.01", year="1000000")) == []
    assert ask("STA-001", month("1200000", year="1000000")) == []


def test_STA_001_a_small_base_says_nothing() -> None:
    assert ask("STA-001", month("0", year="499999.99")) == []
    assert ask("STA-001", month("0", year="500000"))


def test_STA_005_the_month_before_has_a_wider_limit() -> None:
    assert ask("STA-005", month("600000.01", before="1000000")) == []
    (found,) = ask("STA-005", month("600000", before="1000000"))
    assert "上月 100.00 万元，下降 40.0%" in found.message


@pytest.mark.parametrize(("days", "found"), [(59, 0), (60, 1), (179, 1), (180, 0)])
def test_STA_002_a_merchant_is_quiet_from_the_sixtieth_day_and_forgotten_later(days: int, found: int) -> None:
    case = MerchantCase("merchant:7", "箱包商户", days_ago(days), 3, TODAY)
    assert len(ask("STA-002", case)) == found


def test_STA_002_who_exported_but_twice_is_left_alone() -> None:
    assert ask("STA-002", MerchantCase("merchant:7", "箱包商户", days_ago(90), 2, TODAY)) == []


@pytest.mark.parametrize(("days", "found"), [(4, 0), (5, 1)])
def test_STA_003_a_port_is_stuck_on_the_fifth_day(days: int, found: int) -> None:
    case = PortCase("port:0202", "天津", {"D1-1": days_ago(days), "D2-1": TODAY}, TODAY)
    assert len(ask("STA-003", case)) == found


def test_STA_003_the_oldest_is_named_and_makes_the_period() -> None:
    (found,) = ask(
        "STA-003", PortCase("port:0202", "天津", {"D1-1": days_ago(6), "D2-1": days_ago(9)}, TODAY)
    )
    assert "2 票" in found.message and "D2-1 已经 9 天" in found.message
    assert found.at["period"] == days_ago(9).isoformat()


@pytest.mark.parametrize(("days", "found"), [(6, 0), (7, 1)])
def test_STA_004_a_week_without_a_release_is_late(days: int, found: int) -> None:
    assert len(ask("STA-004", ReleaseCase(days_ago(days), TODAY))) == found


def test_STA_004_who_has_not_begun_is_not_late() -> None:
    assert ask("STA-004", ReleaseCase(None, TODAY)) == []


@pytest.mark.parametrize(
    ("latest", "today", "found"),
    [
        (date(2023, 9, 1), date(2023, 11, 19), ""),
        (date(2023, 9, 1), date(2023, 11, 20), "2023-10"),
        (date(2023, 8, 1), date(2023, 11, 19), "2023-09"),
        (date(2023, 10, 1), date(2023, 11, 30), ""),
        (None, date(2023, 11, 30), ""),
    ],
)
def test_STA_006_last_months_statistics_are_due_on_the_twentieth(
    latest: date | None, today: date, found: str
) -> None:
    findings = ask("STA-006", DistrictCase(latest, today), today)
    assert [each.at["period"] for each in findings] == ([found] if found else [])


@pytest.mark.parametrize(("days", "found"), [(2, 0), (3, 1)])
def test_STA_007_a_message_without_a_reply_is_late_on_the_third_day(days: int, found: int) -> None:
    assert len(ask("STA-007", ReplyCase({"M1.xml": days_ago(days)}, TODAY))) == found


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        ("STA-001", month("0", year="1000000")),
        ("STA-002", MerchantCase("merchant:7", "户", FIRST_DAY - timedelta(days=70), 9, FIRST_DAY)),
        ("STA-003", PortCase("port:1", "口岸", {"D": FIRST_DAY - timedelta(days=30)}, FIRST_DAY)),
        ("STA-004", ReleaseCase(FIRST_DAY - timedelta(days=30), FIRST_DAY)),
        ("STA-005", month("0", before="1000000")),
        ("STA-006", DistrictCase(date(2019, 6, 1), FIRST_DAY)),
        ("STA-007", ReplyCase({"M": FIRST_DAY - timedelta(days=30)}, FIRST_DAY)),
    ],
)
def test_the_watch_begins_on_its_first_day(rule: str, facts: Any) -> None:
    (version,) = REGISTRY.versions(rule)
    assert version.since == FIRST_DAY
    assert not version.covers(FIRST_DAY - timedelta(days=1))
    assert len(ask(rule, facts, FIRST_DAY)) == 1
