"""The rules EVT-…: what is said of an event as it is planned, held, reported and accepted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from youju.rules.findings import Finding, Severity
from youju.rules.law import PolicyValue, names, whole
from youju.rules.office.events.facts import EventFacts
from youju.rules.office.events.figures import reaches
from youju.rules.office.events.kinds import KIND_NAMES
from youju.rules.office.events.lifecycle import OPEN, PLANNED, UNDER_WAY
from youju.rules.registry import rule
from youju.rules.workflow import add_working_days, working_days_between

PLAN, COSTS, RESULT = "house-events#plan", "house-events#costs", "house-events#result"
DAY = date(2020, 1, 1)
LawOf = Mapping[str, PolicyValue]
_HOLIDAYS = "foundation.workflow.fixed_holidays"


@rule("EVT-001", title="日期顺序不对", basis=PLAN, since=DAY, severity=Severity.ERROR, scope="event")
def days_are_in_order(event: EventFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """活动的结束日期不得早于开始日期，报名截止不得晚于结束日期。"""
    if event.moment != "plan":
        return None
    if event.ends_on < event.starts_on:
        return Finding(
            f"结束日期 {event.ends_on} 早于开始日期 {event.starts_on}。",
            "请核对两个日期。",
            {"field": "ends_on"},
        )
    if event.signup_until and event.signup_until > event.ends_on:
        return Finding(
            f"报名截止 {event.signup_until} 晚于结束日期 {event.ends_on}。",
            "请把报名截止提前。",
            {"field": "signup_until"},
        )
    return None


@rule("EVT-002", title="名额少于已报名的", basis=PLAN, since=DAY, severity=Severity.ERROR, scope="event")
def places_hold_those_signed_up(event: EventFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """名额不得少于已经报名占用的数量。"""
    if event.moment != "plan" or event.places is None or event.places >= event.taken:
        return None
    return Finding(
        f"名额 {event.places} 少于已报名占用的 {event.taken}。",
        "请先处理多出来的报名，再减少名额。",
        {"field": "places"},
    )


@rule(
    "EVT-003",
    title="过了期限还没有提交结果",
    basis=RESULT,
    since=DAY,
    severity=Severity.WARNING,
    scope="event",
    parameters=("office.events.report_days", _HOLIDAYS),
)
def a_result_is_reported_in_time(event: EventFacts, law: LawOf) -> Finding | None:
    """活动结束后须在约定的工作日内提交结果。"""
    if event.moment != "watch" or event.state not in OPEN or event.ends_on >= event.day:
        return None
    fixed = frozenset(names(law, _HOLIDAYS))
    last = add_working_days(event.ends_on, whole(law, "office.events.report_days"), fixed).day
    if event.day <= last:
        return None
    return Finding(
        f"“{event.name}”{event.ends_on} 结束，结果应在 {last} 以前提交，现在还没有。",
        "请上传总结、照片或签到表，写明结果后提交。",
        {"field": "report"},
    )


@rule("EVT-004", title="费用超过预算", basis=COSTS, since=DAY, severity=Severity.WARNING, scope="event")
def costs_keep_to_the_budget(event: EventFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """各项费用之和不应超过预算。"""
    if event.moment not in ("plan", "cost", "report") or event.budget is None or event.cost <= event.budget:
        return None
    return Finding(
        f"费用共 {event.cost:,.2f} 元，超过预算 {event.budget:,.2f} 元。",
        "请核对各项费用；确需增加的，先按项目资金的程序调整预算。",
        {"field": "budget"},
    )


@rule(
    "EVT-009",
    title="到场的人太少",
    basis=RESULT,
    since=DAY,
    severity=Severity.WARNING,
    scope="event",
    parameters=("office.events.attendance_share",),
)
def enough_people_came(event: EventFacts, law: LawOf) -> Finding | None:
    """培训和调研的到场率不应低于约定的比例。"""
    least = whole(law, "office.events.attendance_share")
    if event.moment != "report" or not event.expected or reaches(event.present, event.expected, least):
        return None
    return Finding(
        f"应到 {event.expected} 人次，实到 {event.present} 人次，不到 {least}%。",
        "请核对签到；确是来得少的，在结果里写明原因。",
        {"field": "report_note"},
    )


@rule("EVT-010", title="自己验收自己提交的", basis=RESULT, since=DAY, severity=Severity.ERROR, scope="event")
def who_reports_does_not_accept(event: EventFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """活动的结果由提交人以外的人验收。"""
    if event.moment != "accept" or not event.actor or event.actor != event.reported_by:
        return None
    return Finding("这次活动的结果由您提交，不能由您验收。", "请由其他人验收。", {"field": "accept"})


@rule(
    "EVT-011",
    title="结果没有附文件",
    basis=RESULT,
    since=DAY,
    severity=Severity.ERROR,
    scope="event",
    parameters=("office.events.report_kinds",),
)
def a_result_has_files(event: EventFacts, law: LawOf) -> Finding | None:
    """提交结果时须附总结、照片或签到表。"""
    if event.moment != "report" or event.files or event.kind not in names(law, "office.events.report_kinds"):
        return None
    return Finding(
        f"{KIND_NAMES[event.kind]}提交结果时须附文件。",
        "请先上传总结、照片或签到表，再提交。",
        {"field": "file"},
    )


@rule(
    "EVT-012",
    title="快开始了",
    basis=PLAN,
    since=DAY,
    severity=Severity.HINT,
    scope="event",
    parameters=("office.events.remind_days", _HOLIDAYS),
)
def what_begins_soon_is_said(event: EventFacts, law: LawOf) -> Finding | None:
    """临近开始的活动应当提醒负责的科室。"""
    if event.moment != "watch" or event.state not in OPEN or event.starts_on < event.day:
        return None
    left = working_days_between(event.day, event.starts_on, frozenset(names(law, _HOLIDAYS)))
    if left > whole(law, "office.events.remind_days"):
        return None
    when = f"还有 {left} 个工作日开始" if left else "今天开始"
    how = "还没有发布，请尽快发布或取消。" if event.state == PLANNED else "请核对报名名单、场地和材料。"
    return Finding(f"“{event.name}”{when}。", how, {"field": "starts_on"})


@rule(
    "EVT-013",
    title="还有没处理的报名或成交",
    basis=RESULT,
    since=DAY,
    severity=Severity.WARNING,
    scope="event",
)
def nothing_is_left_undecided(event: EventFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """提交结果以前，报名和成交都应当处理完。"""
    if event.moment != "report" or not event.undecided:
        return None
    return Finding(
        f"还有 {event.undecided} 件报名或成交没有处理。", "请先审核报名、核实成交。", {"field": "undecided"}
    )


@rule("EVT-014", title="没有开始就报结果", basis=RESULT, since=DAY, severity=Severity.ERROR, scope="event")
def a_result_comes_after_the_start(event: EventFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """活动开始以前不能提交结果。"""
    if event.moment != "report" or event.state != UNDER_WAY or event.starts_on <= event.day:
        return None
    return Finding(
        f"“{event.name}”{event.starts_on} 才开始。",
        "请在活动开始以后提交；日期改了的，先修改活动。",
        {"field": "report"},
    )
