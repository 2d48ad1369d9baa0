"""Each rule of a filing: a filing that passes and one that does not."""

# ruff: noqa: N802 - a test bears the id of its rule
from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from rules.trade.parties.good_filings import AFTER, AGENT, BUYER, DAY, LAW, MERCHANT, rules_of, spoken
from youju.rules.findings import Severity
from youju.rules.trade.parties.checks.people import birth_day
from youju.rules.trade.parties.facts import FilingFacts, PaperFacts
from youju.rules.trade.parties.judging import errors, judge


@pytest.mark.parametrize("facts", [MERCHANT, AGENT, BUYER], ids=["merchant", "agent", "buyer"])
def test_a_good_filing_has_no_findings(facts: FilingFacts) -> None:
    assert judge(facts, LAW) == []


def test_PTY_001_required_fields() -> None:
    assert not spoken("PTY-001")
    assert spoken("PTY-001", address="")
    assert spoken("PTY-001", AGENT, capital_text="")
    (finding,) = judge(replace(BUYER, country="", country_name=""), LAW)
    assert (finding.rule, finding.at["field"], finding.message) == (
        "PTY-001",
        "country",
        "国别（地区）没有填写。",
    )
    # A passport stands in for the resident ID, as its paper does for the other's.
    papers = (*MERCHANT.papers[:1], PaperFacts("passport", 2, "", None, AFTER), *MERCHANT.papers[2:])
    assert rules_of(replace(MERCHANT, resident_id="", passport="E12345678", papers=papers)) == set()
    assert spoken("PTY-001", resident_id="")


def test_PTY_002_roles_that_cannot_stand_together() -> None:
    assert not spoken("PTY-002", roles=("merchant", "consolidator"))
    assert spoken("PTY-002", roles=())
    assert spoken("PTY-002", roles=("buyer", "merchant"))


def test_PTY_003_nothing_longer_than_it_may_be() -> None:
    assert not spoken("PTY-003", address="长" * 200)
    assert spoken("PTY-003", address="长" * 201)


def test_PTY_004_choices_from_the_list() -> None:
    assert not spoken("PTY-004", tax_kind="small")
    assert spoken("PTY-004", tax_kind="小微")
    assert spoken("PTY-004", BUYER, buyer_type="shop")


def test_PTY_005_credit_code_carries_its_check() -> None:
    assert not spoken("PTY-005")
    assert not spoken("PTY-005", credit_code="")
    assert spoken("PTY-005", credit_code="92130684MA0EXAMPL6")
    assert spoken("PTY-005", credit_code="92130684MA0EXAMPL")
    assert spoken("PTY-005", credit_code="92130684MA0EXAMPIO")


def test_PTY_006_credit_code_filed_once() -> None:
    assert not spoken("PTY-006", already_filed=False)
    assert spoken("PTY-006", already_filed=True)
    assert not spoken("PTY-006", credit_code="", already_filed=True)


def test_PTY_007_customs_code() -> None:
    assert not spoken("PTY-007", AGENT)
    assert spoken("PTY-007", AGENT, customs_code="130696")


def test_PTY_008_tax_number_length() -> None:
    assert not spoken("PTY-008", AGENT)
    assert not spoken("PTY-008", AGENT, tax_id="130684198001010")
    assert spoken("PTY-008", AGENT, tax_id="1306841980010101")
    assert spoken("PTY-008", AGENT, tax_id="一二三")


def test_PTY_009_tax_number_is_the_credit_code() -> None:
    assert not spoken("PTY-009", AGENT)
    assert not spoken("PTY-009", tax_id="")
    assert spoken("PTY-009", AGENT, tax_id="130684198001010")


@pytest.mark.parametrize(
    "number",
    ["13068419800101001", "130684198001010017", "130684198013010014", "13068419800101001X", "１３" * 9],
)
def test_PTY_010_resident_id(number: str) -> None:
    assert not spoken("PTY-010")
    assert not spoken("PTY-010", resident_id="")
    assert spoken("PTY-010", resident_id=number)


def test_PTY_011_passport() -> None:
    assert not spoken("PTY-011", BUYER)
    assert spoken("PTY-011", BUYER, passport="A-123")
    assert spoken("PTY-011", BUYER, passport="A123")


@pytest.mark.parametrize("phone", ["13800000000", "03121234567", "4001234567", "+8613800000000"])
def test_PTY_012_phone(phone: str) -> None:
    assert not spoken("PTY-012", phone=phone)
    assert spoken("PTY-012", phone=phone[:6])
    assert spoken("PTY-012", phone="电话" + phone)


def test_PTY_013_email() -> None:
    assert not spoken("PTY-013", email="a.b@example.com")
    assert spoken("PTY-013", email="a.b@example")
    assert spoken("PTY-013", email="a b@example.com")


def test_PTY_014_of_age() -> None:
    # 2008-01-01, then eighteen on that day of 2026.
    young = "13068420080101001"
    number = next(f"{young}{last}" for last in "0123456789X" if birth_day(f"{young}{last}", DAY))
    assert spoken("PTY-014", resident_id=number)
    assert spoken("PTY-014", resident_id=number, day=date(2025, 12, 31))
    assert not spoken("PTY-014", resident_id=number, day=date(2026, 1, 1))
    assert not spoken("PTY-014")
    finding = next(f for f in judge(replace(MERCHANT, resident_id=number), LAW) if f.rule == "PTY-014")
    assert finding.severity is Severity.WARNING
    assert errors([finding]) == []


def test_PTY_015_name() -> None:
    assert not spoken("PTY-015")
    assert not spoken("PTY-015", BUYER)
    for name in ("店", "<script>", "123456", "Only Latin", "啊啊啊啊啊啊啊"):
        assert spoken("PTY-015", name=name), name


def test_PTY_016_english_name() -> None:
    assert not spoken("PTY-016", AGENT)
    assert spoken("PTY-016", AGENT, name_en="示例 Co., Ltd.")
    assert spoken("PTY-016", AGENT, name_en="1234")


def test_PTY_017_country_is_known() -> None:
    assert not spoken("PTY-017", BUYER)
    assert spoken("PTY-017", BUYER, country="ZZ", country_name="")


def test_PTY_018_country_fits_the_role() -> None:
    assert not spoken("PTY-018", BUYER)
    assert not spoken("PTY-018", BUYER, country="HK", country_name="香港")
    assert spoken("PTY-018", BUYER, country="CN", country_name="中国")
    assert spoken("PTY-018", country="AE", country_name="阿联酋")


def test_PTY_019_stall_exists() -> None:
    assert not spoken("PTY-019", stall="")
    assert spoken("PTY-019", stall="unknown")


def test_PTY_020_stall_is_free() -> None:
    assert not spoken("PTY-020", stall="")
    assert spoken("PTY-020", stall="taken")


def test_PTY_021_capital() -> None:
    assert not spoken("PTY-021", AGENT)
    assert spoken("PTY-021", AGENT, registered_capital=None, capital_text="五百万")
    assert spoken("PTY-021", AGENT, registered_capital=Decimal("0"), capital_text="0")


def test_PTY_022_chapters() -> None:
    assert not spoken("PTY-022", chapters=("01", "42", "97"))
    for chapter in ("00", "98", "77", "4", "箱包", "422"):
        assert spoken("PTY-022", chapters=(chapter,)), chapter


def test_PTY_023_validity() -> None:
    begins = date(2023, 6, 1)
    assert not spoken("PTY-023", valid_from=begins, valid_to=date(2026, 5, 31))
    assert spoken("PTY-023", valid_from=begins, valid_to=date(2026, 6, 1))
    assert spoken("PTY-023", valid_from=begins, valid_to=date(2023, 5, 31))
    assert not spoken("PTY-023", valid_from=None, valid_to=None)


def test_PTY_024_needed_papers() -> None:
    assert not spoken("PTY-024")
    assert spoken("PTY-024", papers=MERCHANT.papers[:2])
    # Taken over in bulk: the papers were seen at the counter.
    assert not spoken("PTY-024", papers=None)


def test_PTY_025_dated_papers() -> None:
    lease = PaperFacts("stall_lease", 3)
    assert not spoken("PTY-025")
    assert spoken("PTY-025", papers=(*MERCHANT.papers[:2], lease))
    backwards = replace(lease, valid_from=AFTER, valid_to=date(2029, 1, 1))
    assert spoken("PTY-025", papers=(*MERCHANT.papers[:2], backwards))


def test_PTY_026_papers_in_force() -> None:
    lease = PaperFacts("stall_lease", 3, "", None, DAY)
    assert not spoken("PTY-026", papers=(*MERCHANT.papers[:2], lease))
    over = replace(lease, valid_to=date(2023, 5, 31))
    assert spoken("PTY-026", papers=(*MERCHANT.papers[:2], over))


def test_PTY_027_papers_that_end_soon() -> None:
    def lasting(until: date) -> bool:
        return spoken("PTY-027", papers=(*MERCHANT.papers[:2], PaperFacts("stall_lease", 3, "", None, until)))

    # Sixty days from 1 June: to 30 July is soon, from 31 July on it lasts.
    assert lasting(date(2023, 7, 30))
    assert not lasting(date(2023, 7, 31))
    assert not spoken("PTY-027")
