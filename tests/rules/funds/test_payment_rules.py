"""Each rule of payments: passes, fails, the day before it starts, the day it starts; answers, colours, plans, forecast."""
# ruff: noqa: N802 - a rule's test bears its id

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from youju.foundation.policies import law_on
from youju.rules.funds.payments.answers import Answer, SentLine, Verdict, judge_answer
from youju.rules.funds.payments.colours import colour_of
from youju.rules.funds.payments.facts import BudgetFacts, ContractFacts, HoldFacts, PaymentFacts, Twin
from youju.rules.funds.payments.forecasting import forecast
from youju.rules.funds.payments.judging import judge, judge_hold
from youju.rules.funds.payments.lifecycle import FLOW
from youju.rules.funds.payments.plans import by_time, due_points, planned_on
from youju.rules.registry import REGISTRY

FIRST = date(2020, 1, 1)
DAY = date(2023, 6, 1)
HALF = {"03": None, "06": Decimal("50000.00"), "10": Decimal("80000.00"), "12": Decimal("100000.00")}
PROJECT = BudgetFacts("13060523P004544100010", 2023, True, Decimal("100000.00"), plan=HALF)
FACTS = PaymentFacts(
    day=DAY,
    amount=Decimal("5000.00"),
    purpose="办公用品6月",
    due_on=date(2023, 6, 15),
    payee="示例办公用品商行",
    credit_code="",
    account="6222020200001234562",
    bank="示例银行",
    project=PROJECT,
    evidence=1,
)
CONTRACT = ContractFacts("HT-1", "示例办公用品商行", Decimal("20000.00"), Decimal("15000.00"))


def with_(**changes) -> PaymentFacts:
    return replace(FACTS, **changes)


def spent(**changes) -> PaymentFacts:
    return with_(project=replace(PROJECT, **changes))


LARGE = with_(amount=Decimal("10000.00"))
SAME, OTHER = Twin("FK1", "办公用品6月", 60), Twin("FK2", "办公用品5月", 60)

# rule, facts that pass, facts that fail, words of the finding
CASES = {
    "PAY-001": (with_(amount=Decimal("0.01")), with_(amount=Decimal("1.005")), "1.005"),
    "PAY-002": (
        spent(reserved=Decimal(95000)),
        spent(reserved=Decimal(90000), paid=Decimal("5000.01")),
        "超出 0.01 元",
    ),
    "PAY-003": (FACTS, spent(active=False), "已结束"),
    "PAY-004": (
        spent(paid=Decimal(50000)),
        spent(paid=Decimal("50000.01")),
        "06 月底计划累计支出 50,000.00 元",
    ),
    "PAY-005": (FACTS, with_(held="执行严重滞后（整改通知 ZG2023-0001）"), "已暂停拨付：执行严重滞后"),
    "PAY-011": (with_(amount=Decimal("9999.99")), LARGE, "没有选合同"),
    "PAY-012": (
        with_(contract=CONTRACT),
        with_(contract=replace(CONTRACT, used=Decimal("15000.01"))),
        "超出了",
    ),
    "PAY-013": (
        with_(contract=CONTRACT),
        with_(contract=replace(CONTRACT, supplier="别家")),
        "供应商是“别家”",
    ),
    "PAY-021": (with_(account="ABCD1234"), with_(account="1234567"), "7 位"),
    "PAY-022": (FACTS, with_(account="6222020200001234563"), "校验位不符"),
    "PAY-023": (
        with_(credit_code="91110000600037341L"),
        with_(credit_code="91110000600037341M"),
        "信用代码不对",
    ),
    "PAY-024": (FACTS, with_(owners=("别的商行",)), "以前付给“别的商行”"),
    "PAY-025": (FACTS, with_(accounts_before=True), "都是别的账号"),
    "PAY-031": (with_(twins=(replace(SAME, days=61),)), with_(twins=(SAME,)), "FK1 在 60 天内"),
    "PAY-032": (with_(twins=(replace(OTHER, days=61),)), with_(twins=(OTHER,)), "FK2（办公用品5月）"),
    "PAY-033": (with_(due_on=DAY), with_(due_on=DAY - timedelta(days=1)), "2023-05-31 已过"),
    "PAY-034": (with_(evidence=0, amount=Decimal("999.99")), with_(evidence=0), "没有附凭证"),
}


def said(facts: PaymentFacts) -> dict[str, str]:
    return {each.rule: each.message for each in judge(facts, law_on(facts.day))}


def _case(rule: str) -> None:
    good, bad, words = CASES[rule]
    assert rule not in said(good)
    assert words in said(bad)[rule]
    (version,) = REGISTRY.versions(rule)
    assert version.since == FIRST
    assert not version.covers(FIRST - timedelta(days=1))
    assert version.covers(FIRST)
    early = replace(bad, day=FIRST)
    assert version.findings(bad, law_on(FIRST)) or version.findings(early, law_on(FIRST))


def test_PAY_001_the_amount_is_money() -> None:
    _case("PAY-001")


def test_PAY_002_the_budget_allows_it() -> None:
    _case("PAY-002")


def test_PAY_003_the_project_is_active() -> None:
    _case("PAY-003")


def test_PAY_004_it_keeps_to_the_plan() -> None:
    _case("PAY-004")
    # A blank is no point: before the end of March the point of June is the next one.
    assert "PAY-004" not in said(replace(spent(paid=Decimal(45000)), due_on=date(2023, 2, 1)))
    assert "PAY-004" not in said(with_(project=replace(PROJECT, plan={"03": None})))


def test_PAY_005_the_project_is_not_held() -> None:
    _case("PAY-005")
    (found,) = judge_hold(HoldFacts(DAY, PROJECT, "执行严重滞后"), law_on(DAY))
    assert found.rule == "PAY-005" and "先完成整改" in found.suggestion
    assert judge_hold(HoldFacts(DAY, PROJECT, ""), law_on(DAY)) == ()


def test_PAY_011_larger_purchases_have_a_contract() -> None:
    _case("PAY-011")
    assert "PAY-011" not in said(replace(LARGE, purpose="劳务派遣人员工资6月"))
    assert "PAY-011" not in said(replace(LARGE, of_record=True))


def test_PAY_012_the_contract_allows_it() -> None:
    _case("PAY-012")
    assert "PAY-012" not in said(with_(contract=replace(CONTRACT, amount=None)))


def test_PAY_013_the_payee_is_the_supplier() -> None:
    _case("PAY-013")


def test_PAY_021_the_account_has_a_form() -> None:
    _case("PAY-021")
    assert "没有填" in said(with_(bank=" "))["PAY-021"]


def test_PAY_022_the_card_number_checks() -> None:
    _case("PAY-022")
    assert "PAY-022" not in said(with_(account="1300000000001234"))


def test_PAY_023_the_credit_code_is_right() -> None:
    _case("PAY-023")


def test_PAY_024_the_account_has_one_owner() -> None:
    _case("PAY-024")


def test_PAY_025_the_account_is_known() -> None:
    _case("PAY-025")


def test_PAY_031_it_was_not_asked_for_before() -> None:
    _case("PAY-031")


def test_PAY_032_nothing_looks_alike() -> None:
    _case("PAY-032")
    assert "PAY-032" not in said(with_(twins=(OTHER,), of_record=True))


def test_PAY_033_the_due_day_is_ahead() -> None:
    _case("PAY-033")


def test_PAY_034_papers_are_attached() -> None:
    _case("PAY-034")
    assert "PAY-034" not in said(with_(evidence=0, of_record=True))


def test_a_usual_payment_is_free_of_findings() -> None:
    assert said(FACTS) == {}


CENT = Decimal("100.00")
D = date(2023, 6, 10)


@pytest.mark.parametrize(
    ("line", "answer", "verdict"),
    [
        (None, Answer(True, CENT, D), Verdict.UNKNOWN),
        (SentLine("open", CENT, None, True), Answer(True, CENT, D), Verdict.PAID),
        (SentLine("open", CENT, None, True), Answer(False, CENT, D), Verdict.RETURNED),
        (SentLine("open", CENT, None, False), Answer(True, CENT, D), Verdict.NOT_SENT),
        (SentLine("open", CENT, None, True), Answer(True, CENT + 1, D), Verdict.AMOUNT),
        (SentLine("recalled", CENT, None, False), Answer(True, CENT, D), Verdict.RECALLED),
        (SentLine("paid", CENT, D, True), Answer(True, CENT, D), Verdict.KNOWN),
        (SentLine("returned", CENT, D, True), Answer(False, CENT, D), Verdict.KNOWN),
        (SentLine("paid", CENT, D, True), Answer(False, CENT, D), Verdict.BOUNCED),
        (SentLine("paid", CENT, D, True), Answer(False, CENT, D - timedelta(days=1)), Verdict.CONTRADICTS),
        (SentLine("returned", CENT, D, True), Answer(True, CENT, D), Verdict.EARLIER),
        (SentLine("returned", CENT, D, True), Answer(True, CENT, D + timedelta(days=1)), Verdict.CONTRADICTS),
    ],
)
def test_an_answer_is_judged(line: SentLine | None, answer: Answer, verdict: Verdict) -> None:
    assert judge_answer(line, answer) is verdict


@pytest.mark.parametrize(
    ("behind", "colour"),
    [("-3", "green"), ("4.99", "green"), ("5", "blue"), ("9.99", "blue"), ("10", "yellow"), ("20", "red")],
)
def test_the_colour_follows_the_policy_at_its_edges(behind: str, colour: str) -> None:
    assert colour_of(Decimal(50) - Decimal(behind), Decimal(50), law_on(DAY)) == colour


def test_plans_and_time() -> None:
    assert by_time(2023, date(2023, 3, 30)) == Decimal(200) / 12
    assert by_time(2023, date(2023, 3, 31)) == Decimal(25)
    assert (by_time(2023, date(2022, 5, 1)), by_time(2023, date(2024, 1, 1))) == (Decimal(0), Decimal(100))
    assert planned_on(HALF, 2023, date(2023, 6, 30)) == ("06", Decimal("50000.00"))
    assert planned_on(HALF, 2023, date(2024, 1, 1)) is None
    assert due_points(HALF, 2023, date(2023, 9, 30)) == [(date(2023, 6, 30), Decimal("50000.00"))]


def test_the_forecast_goes_on_as_the_last_months_did_and_stops_at_the_budget() -> None:
    months = [Decimal(0), Decimal(30), Decimal(60), Decimal(90)]
    found = forecast(months, reserved=Decimal(10), budget=Decimal(400), window=3, months=8)
    assert found == [Decimal("190.00"), Decimal("250.00"), Decimal("310.00"), Decimal("370.00")]
    assert forecast(months, reserved=Decimal(10), budget=Decimal(200), window=3, months=6)[-1] == Decimal(
        "200.00"
    )
    assert forecast([], reserved=Decimal(0), budget=Decimal(5), window=3, months=1) == [Decimal("0.00")]


def test_the_usual_way_ends_with_the_bank() -> None:
    assert [state.code for state in FLOW.path()] == [
        "draft", "requested", "reviewed", "checked", "approved", "sent", "paid",
    ]  # fmt: skip
