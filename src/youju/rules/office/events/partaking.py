"""The rules EVT-…: what is said of a firm that takes part, of an order that it won, of the way of a prospect."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from youju.rules.findings import Finding, Severity
from youju.rules.law import PolicyValue, whole
from youju.rules.office.events.facts import DealFacts, SignupFacts, StageFacts
from youju.rules.registry import rule

SIGNUP, DEALS, STAGES = "house-events#signups", "house-events#deals", "house-events#stages"
DAY = date(2020, 1, 1)
LawOf = Mapping[str, PolicyValue]


@rule("EVT-005", title="报名已经截止", basis=SIGNUP, since=DAY, severity=Severity.ERROR, scope="signup")
def nobody_signs_up_late(signup: SignupFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """报名截止以后企业不能再报名；没有写截止日期的，到开始当天为止。"""
    last = signup.until or signup.starts_on
    if signup.by_staff or signup.day <= last:
        return None
    return Finding(f"报名已于 {last} 截止。", "仍想参加的，请联系服务中心。", {"field": "until"})


@rule(
    "EVT-006", title="备案暂停期间不能报名", basis=SIGNUP, since=DAY, severity=Severity.ERROR, scope="signup"
)
def who_is_suspended_does_not_sign_up(signup: SignupFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """备案被暂停的主体不能报名。"""
    if not signup.suspended:
        return None
    return Finding(
        f"{signup.firm}的备案已暂停，暂停期间不能报名。", "请先按通知办理恢复。", {"field": "firm"}
    )


@rule("EVT-007", title="同一家重复报名", basis=SIGNUP, since=DAY, severity=Severity.ERROR, scope="signup")
def a_firm_signs_up_once(signup: SignupFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """同一家企业在一次活动里只能报名一次。"""
    if not signup.again:
        return None
    return Finding(f"{signup.firm}已经报过名。", "要改数量的，请先撤回原来的报名。", {"field": "firm"})


@rule(
    "EVT-016",
    title="一家要的太多",
    basis=SIGNUP,
    since=DAY,
    severity=Severity.ERROR,
    scope="signup",
    parameters=("office.events.most_places",),
)
def a_firm_takes_its_share(signup: SignupFacts, law: LawOf) -> Finding | None:
    """一家企业在一次活动里占用的展位或名额有上限。"""
    most = whole(law, "office.events.most_places")
    if 1 <= signup.wanted <= most:
        return None
    return Finding(f"要 {signup.wanted} 个，一家至多 {most} 个。", f"请填 1 至 {most}。", {"field": "wanted"})


@rule("EVT-008", title="成交没有证明", basis=DEALS, since=DAY, severity=Severity.ERROR, scope="deal")
def an_order_won_is_proved(deal: DealFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """核实成交时须有合同、订单或照片作证明。"""
    if deal.moment != "confirm" or deal.evidence:
        return None
    return Finding("这笔成交还没有证明。", "请参展企业上传合同、订单或照片后再核实。", {"field": "file"})


@rule("EVT-015", title="成交日期不对", basis=DEALS, since=DAY, severity=Severity.ERROR, scope="deal")
def an_order_is_won_after_the_start(deal: DealFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """成交日期不得早于活动开始，也不得晚于申报当天。"""
    if deal.moment != "declare" or deal.event_from <= deal.won_on <= deal.day:
        return None
    return Finding(
        f"成交日期 {deal.won_on} 不在 {deal.event_from} 至 {deal.day} 之间。",
        "请核对日期。",
        {"field": "won_on"},
    )


@rule("EVT-017", title="自己核实自己申报的", basis=DEALS, since=DAY, severity=Severity.ERROR, scope="deal")
def who_declares_does_not_confirm(deal: DealFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """成交由申报人以外的人核实。"""
    if deal.moment != "confirm" or deal.actor != deal.declared_by:
        return None
    return Finding("这笔成交由您申报，不能由您核实。", "请由其他人核实。", {"field": "decision"})


@rule("EVT-018", title="进展的日期不对", basis=STAGES, since=DAY, severity=Severity.ERROR, scope="stage")
def steps_follow_each_other(stage: StageFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """招商和 AEO 认证的每一步不得早于上一步，也不得晚于今天。"""
    if stage.on <= stage.day and (stage.last_on is None or stage.on >= stage.last_on):
        return None
    first = f"{stage.last_on} 至 " if stage.last_on else ""
    return Finding(f"{stage.on} 不对，应在 {first}{stage.day} 之间。", "请核对日期。", {"field": "on"})


@rule("EVT-019", title="通过认证没有证书", basis=STAGES, since=DAY, severity=Severity.ERROR, scope="stage")
def a_certificate_is_shown(stage: StageFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """登记为通过认证时须附认证证书。"""
    if stage.moment != "step" or not stage.needs_proof or stage.evidence:
        return None
    return Finding(f"{stage.firm}还没有附认证证书。", "请先上传证书，再登记通过。", {"field": "file"})


@rule("EVT-020", title="同一家登记了两次", basis=STAGES, since=DAY, severity=Severity.ERROR, scope="stage")
def a_firm_stands_once_in_a_list(stage: StageFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """同一家企业在一份招商或认证名单里只能登记一次。"""
    if stage.moment != "add" or not stage.again:
        return None
    return Finding(f"{stage.firm}已经在名单里。", "请打开原来的登记，写下新的进展。", {"field": "firm"})
