"""SUB-001 to SUB-010: does the party fit the policy, did it come in time, with its papers, and not for the second time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from youju.rules.findings import Finding, Severity
from youju.rules.funds.subsidies.cases import PartyCase, about
from youju.rules.funds.subsidies.facts import OtherAward
from youju.rules.funds.subsidies.measuring import exported
from youju.rules.funds.subsidies.saying import days, figure
from youju.rules.funds.subsidies.texts import BETTER, EARLIER
from youju.rules.law import PolicyValue
from youju.rules.registry import rule
from youju.rules.trade.parties.roles import PartyRole

BASIS, HOUSE_DAY = "house-subsidies#eligibility", date(2020, 1, 1)
LawOf = Mapping[str, PolicyValue]


@rule(
    "SUB-001",
    title="主体类型不在政策范围内",
    basis=BASIS,
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="subsidy",
)
def the_party_has_a_role_of_the_policy(case: PartyCase, _law: LawOf) -> Finding | None:
    """申请人的主体类型应在政策规定的范围内。"""
    if case.facts.roles & frozenset(case.policy.eligible.roles):
        return None
    named = "、".join(PartyRole(role).label for role in case.policy.eligible.roles)
    return about(
        f"本政策面向{named}，该主体不是。", "先办理相应类型的主体备案，或查看别的政策。", field="roles"
    )


@rule(
    "SUB-002",
    title="主体没有备案",
    basis=BASIS,
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="subsidy",
)
def the_party_is_on_file(case: PartyCase, _law: LawOf) -> Finding | None:
    """申请人应已通过主体备案，政策限定备案日期的应在此之前。"""
    filed, before = case.facts.filed_on, case.policy.eligible.filed_before
    if filed is None:
        return about("该主体没有通过备案。", "先办理主体备案。", field="filed_on")
    if before is not None and filed >= before:
        return about(
            f"该主体 {filed} 备案，本政策要求在 {before} 以前备案。",
            "不符合本政策，可查看别的政策。",
            field="filed_on",
        )
    return None


@rule(
    "SUB-003",
    title="主体备案不在有效期内",
    basis=BASIS,
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="subsidy",
)
def the_filing_is_valid(case: PartyCase, _law: LawOf) -> Finding | None:
    """申请时主体备案应在有效期内，没有被暂停。"""
    facts = case.facts
    if facts.suspended:
        return about("该主体的备案已被暂停。", "恢复备案后再申请。", field="valid_until")
    if facts.judged_on is None or facts.valid_until is None or facts.judged_on <= facts.valid_until:
        return None
    return about(f"该主体的备案 {facts.valid_until} 到期。", "续期后再申请。", field="valid_until")


@rule(
    "SUB-004",
    title="不在申报期内",
    basis="house-subsidies#filing",
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="subsidy",
)
def the_day_lies_in_the_filing_window(case: PartyCase, _law: LawOf) -> Finding | None:
    """申请应在政策的申报期内提出。"""
    day, window = case.facts.judged_on, case.policy.filing
    if day is None or window.covers(day):
        return None
    if day < window.start:
        return about(
            f"本政策 {window.start} 起受理申报，现在是 {day}。",
            f"请在 {days(window)}之间申报。",
            field="judged_on",
        )
    last = window.end - timedelta(days=1)
    return about(
        f"本政策的申报 {last} 截止，现在是 {day}。", "已过申报期；请留意下一年度的通知。", field="judged_on"
    )


@rule(
    "SUB-005",
    title="出口额没有达到起点",
    basis=BASIS,
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="subsidy",
)
def the_party_exported_enough(case: PartyCase, _law: LawOf) -> Finding | None:
    """政策规定出口起点的，期间内可计算的出口额应达到起点。"""
    least = case.policy.eligible.least_usd
    done = exported(case.policy, case.facts)
    if done >= least:
        return None
    return about(
        f"{days(case.policy.window)}可计算的出口额 {done:,f} 美元，起点是 {figure(least)} 美元，还差 {least - done:,f} 美元。",
        "核对是否有已放行的报关单没有计入；仍不足的不符合本政策。",
        field="exports",
    )


@rule(
    "SUB-006",
    title="申报材料不齐",
    basis="house-subsidies#evidence",
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="subsidy",
)
def the_papers_are_there(case: PartyCase, _law: LawOf) -> Finding | None:
    """政策要求的申报材料应当齐全。"""
    if case.facts.evidence is None:
        return None
    lacking = [paper.title for paper in case.policy.evidence if paper.code not in case.facts.evidence]
    if not lacking:
        return None
    return about(f"缺少材料：{'、'.join(lacking)}。", "上传后再提交。", field="evidence")


@rule(
    "SUB-007",
    title="已享受不能同时享受的政策",
    basis="house-subsidies#stacking",
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="subsidy",
)
def nothing_earlier_excludes_the_policy(case: PartyCase, _law: LawOf) -> Finding | None:
    """不得重复享受、先享受的算的，已享受另一政策的不再给。"""
    other = _other(case)
    if other is None or case.policy.stacking.counts != EARLIER:
        return None
    return about(
        f"已按“{other.title or other.policy}”享受 {other.amount:,} 元，本政策与它不重复享受。",
        "若那一笔已退回或撤销，先更正记录再申请。",
        field="other_awards",
    )


@rule(
    "SUB-008",
    title="与另一政策就高不重复",
    basis="house-subsidies#stacking",
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="subsidy",
)
def the_better_policy_counts(case: PartyCase, _law: LawOf) -> Finding | None:
    """就高不重复的政策，已享受的另一政策要从本政策中扣除。"""
    other = _other(case)
    if other is None or case.policy.stacking.counts != BETTER:
        return None
    return about(
        f"已按“{other.title or other.policy}”享受 {other.amount:,} 元，本政策只补高出的部分。",
        "无须处理，金额已自动扣除。",
        field="other_awards",
    )


def _other(case: PartyCase) -> OtherAward | None:
    against = case.policy.stacking.against
    return next((o for o in case.facts.other_awards if o.policy in against and o.amount), None)
