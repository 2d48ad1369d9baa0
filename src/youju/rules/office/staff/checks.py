"""The rules STM-…: what is said of a dispatched person's month, and of a month as a whole."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from youju.rules.findings import Finding, Severity
from youju.rules.law import PolicyValue, text, whole
from youju.rules.office.staff.facts import LineFacts, MonthFacts
from youju.rules.office.staff.months import awaited_on, first_of, named
from youju.rules.registry import rule

SHEETS, WAGES, CODES = "house-staff#months", "house-staff#wages", "house-staff#codes"
DAY = date(2020, 1, 1)
LawOf = Mapping[str, PolicyValue]


@rule(
    "STM-001",
    title="同一人一个月登记两次",
    basis=SHEETS,
    since=DAY,
    severity=Severity.ERROR,
    scope="staff_line",
)
def a_person_stands_once_in_a_month(line: LineFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """同一人在一个月里只登记一行。"""
    if line.same < 2 or len(set(line.sections)) > 1:
        return None
    return Finding(
        f"{line.person} 在 {named(line.month)} 有 {line.same} 行。",
        "请合并成一行，或改正人员代码。",
        {"field": "person"},
    )


@rule("STM-002", title="实发多于应发", basis=WAGES, since=DAY, severity=Severity.ERROR, scope="staff_line")
def no_more_is_paid_than_is_due(line: LineFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """实发工资不得多于应发工资。"""
    if line.paid <= line.due:
        return None
    return Finding(
        f"{line.person} 在 {named(line.month)} 应发 {line.due} 元，实发 {line.paid} 元。",
        "请核对金额；补发以前月份的，登记在原来的月份。",
        {"field": "paid"},
    )


@rule(
    "STM-003", title="没到月份就发放", basis=WAGES, since=DAY, severity=Severity.WARNING, scope="staff_line"
)
def wages_are_not_paid_before_their_month(line: LineFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """工资不应在所属月份开始以前发放。"""
    if line.moment != "import" or line.paid_on is None or line.paid_on >= line.month:
        return None
    return Finding(
        f"{line.person} {named(line.month)} 的工资在 {line.paid_on} 就发了。",
        "请核对月份和发放日期。",
        {"field": "paid_on"},
    )


@rule(
    "STM-004", title="一人同时在两个科室", basis=SHEETS, since=DAY, severity=Severity.ERROR, scope="staff_line"
)  # fmt: skip
def a_person_works_in_one_section(line: LineFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """同一人在一个月里只在一个科室。"""
    if len(set(line.sections)) < 2:
        return None
    return Finding(
        f"{line.person} 在 {named(line.month)} 登记在 {len(set(line.sections))} 个科室。",
        "月中调动的，登记在月末所在的科室。",
        {"field": "section"},
    )


@rule(
    "STM-005",
    title="人数与约定的岗位数不同",
    basis=SHEETS,
    since=DAY,
    severity=Severity.WARNING,
    scope="staff_month",
)
def the_count_is_that_of_the_contract(month: MonthFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """在岗人数应与派遣合同约定的岗位数相同。"""
    if not month.imported or month.positions is None or month.counted == month.positions:
        return None
    return Finding(
        f"{named(month.month)} 合同 {month.contract} 在岗 {month.counted} 人，约定 {month.positions} 个岗位。",
        "请核对名单；约定变了的，在“派遣约定”里登记。",
        {"field": "contract"},
    )


@rule("STM-006", title="月份还没有到", basis=SHEETS, since=DAY, severity=Severity.ERROR, scope="staff_line")
def a_month_to_come_is_not_imported(line: LineFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """不得登记还没有到的月份。"""
    if line.moment != "import" or line.month <= first_of(line.day):
        return None
    return Finding(f"{named(line.month)} 还没有到。", "请核对月份，等到当月再登记。", {"field": "month"})


@rule(
    "STM-007",
    title="人员代码不合规定",
    basis=CODES,
    since=DAY,
    severity=Severity.ERROR,
    scope="staff_line",
    parameters=("office.staff.person_code",),
)
def a_person_is_named_by_a_code(line: LineFacts, law: LawOf) -> Finding | None:
    """派遣人员只用代码登记，不得写姓名、证件号码和电话。"""
    if re.fullmatch(text(law, "office.staff.person_code"), line.person):
        return None
    return Finding(
        "人员代码写法不对，不能是姓名、证件号码或电话。",
        "请填字母开头的代码，例如 PQ-001；代码和姓名的对照由人事另行保管。",
        {"field": "person"},
    )


@rule(
    "STM-008",
    title="发放日期和金额不全",
    basis=WAGES,
    since=DAY,
    severity=Severity.ERROR,
    scope="staff_line",
)
def what_is_paid_has_a_day(line: LineFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """发了工资的须写明发放日期，没发的不写。"""
    if bool(line.paid) == (line.paid_on is not None) and (line.paid_on is None or line.paid_on <= line.day):
        return None
    if line.paid and line.paid_on is None:
        return Finding(f"实发 {line.paid} 元，没有写发放日期。", "请补上发放日期。", {"field": "paid_on"})
    if line.paid_on and line.paid_on > line.day:
        return Finding(f"发放日期 {line.paid_on} 还没有到。", "请等发放以后再登记。", {"field": "paid_on"})
    return Finding(
        f"写了发放日期 {line.paid_on}，没有实发金额。", "请补上实发金额，或删去日期。", {"field": "paid"}
    )


@rule(
    "STM-009",
    title="工资到期没有发足",
    basis=WAGES,
    since=DAY,
    severity=Severity.WARNING,
    scope="staff_line",
    parameters=("office.staff.unpaid_days",),
)
def wages_are_paid_when_due(line: LineFacts, law: LawOf) -> Finding | None:
    """到期的工资应当按时发足。"""
    if line.moment == "import":
        if line.paid_on is None or line.paid_on <= line.due_on:
            return None
        return Finding(
            f"{line.person} {named(line.month)} 的工资应在 {line.due_on} 以前发，{line.paid_on} 才发。",
            "请在备注或更正理由里写明原因。",
            {"field": "paid_on"},
        )
    late = line.day - line.due_on > timedelta(days=whole(law, "office.staff.unpaid_days"))
    if not late or line.paid >= line.due:
        return None
    return Finding(
        f"{line.person} {named(line.month)} 的工资应在 {line.due_on} 以前发，还有 {line.due - line.paid} 元没有发。",
        "请催派遣单位发放，发放后更正这一行。",
        {"field": "paid"},
    )


@rule(
    "STM-010",
    title="月表没有按时导入",
    basis=SHEETS,
    since=DAY,
    severity=Severity.WARNING,
    scope="staff_month",
    parameters=("office.staff.import_day",),
)
def a_month_is_imported_in_time(month: MonthFacts, law: LawOf) -> Finding | None:
    """派遣人员月表应在次月规定的日子以前导入。"""
    if month.moment != "watch" or month.imported:
        return None
    last = awaited_on(month.month, whole(law, "office.staff.import_day"))
    if month.day <= last:
        return None
    return Finding(
        f"{named(month.month)} 的派遣人员应在 {last} 以前导入，还没有导入。",
        "请向派遣单位要名单并导入。",
        {"field": "month"},
    )


@rule(
    "STM-011",
    title="不在岗却有应发工资",
    basis=WAGES,
    since=DAY,
    severity=Severity.WARNING,
    scope="staff_line",
)
def who_is_off_the_payroll_is_due_nothing(line: LineFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """不在岗的人不应有应发工资。"""
    if line.moment != "import" or line.on_payroll or not line.due:
        return None
    return Finding(
        f"{line.person} 在 {named(line.month)} 不在岗，应发 {line.due} 元。",
        "请核对是否在岗；月中离岗的结算工资可以保留。",
        {"field": "on_payroll"},
    )


@rule(
    "STM-012",
    title="月份不在派遣合同期内",
    basis=SHEETS,
    since=DAY,
    severity=Severity.WARNING,
    scope="staff_line",
)
def a_month_lies_within_its_contract(line: LineFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """派遣人员应在登记过的派遣合同期内。"""
    if line.moment != "import":
        return None
    if line.term is None:
        return Finding(
            f"派遣合同 {line.contract} 没有登记约定。",
            "请在“派遣约定”里登记合同的岗位数和起止日期。",
            {"field": "contract"},
        )
    begins, ends = line.term
    if first_of(begins) <= line.month <= ends:
        return None
    return Finding(
        f"{named(line.month)} 不在合同 {line.contract} 的期限 {begins} 至 {ends} 内。",
        "请核对月份和合同编号。",
        {"field": "contract"},
    )
