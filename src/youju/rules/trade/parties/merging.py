"""Whether two filings may be made one, whether that may be undone, and whether a filing may be cancelled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from youju.rules.findings import Finding, Severity
from youju.rules.law import PolicyValue
from youju.rules.registry import REGISTRY, rule
from youju.rules.trade.parties.lifecycle import CANCELLED, PARTY_FLOW, REVIEWING, SUBMITTED

FIRST_DAY = date(2020, 1, 1)
BASIS = "house-parties-changes#merging"
LawOf = Mapping[str, PolicyValue]
MERGE, UNDO, CANCEL = "merge", "undo", "cancel"


@dataclass(frozen=True, slots=True)
class Side:
    """One of two filings."""

    id: int
    name: str
    state: str
    credit_code: str = ""
    country: str = "CN"
    merged: bool = False
    open_changes: int = 0


@dataclass(frozen=True, slots=True)
class MergeFacts:
    """What is to be done: ``merge`` two filings, ``undo`` that (``later``: what was built on it), ``cancel`` the kept one."""

    day: date
    act: str
    kept: Side
    merged: Side | None = None
    agreements_between: int = 0
    later: tuple[str, ...] = ()

    @property
    def sides(self) -> tuple[Side, ...]:
        """The filings that it is about."""
        return (self.kept,) if self.merged is None else (self.kept, self.merged)


@rule("PTY-121", title="两户都须在册", basis=BASIS, since=FIRST_DAY, severity=Severity.ERROR, scope="merge")
def both_are_there(facts: MergeFacts, _law: LawOf) -> Finding | None:
    """只合并两个不同的、没有注销也没有并入他户的主体。"""
    if facts.act != MERGE or facts.merged is None:
        return None
    if facts.kept.id == facts.merged.id:
        return Finding("两边是同一个备案。", "请选两个不同的备案。")
    for side in facts.sides:
        if side.merged:
            return Finding(f"“{side.name}”已并入他户。", "请改选它并入的那个备案。")
        if side.state == CANCELLED:
            return Finding(f"“{side.name}”已注销。", "注销的备案不用合并。")
    return None


@rule("PTY-122", title="在审的先办结", basis=BASIS, since=FIRST_DAY, severity=Severity.ERROR, scope="merge")
def neither_is_under_review(facts: MergeFacts, _law: LawOf) -> Finding | None:
    """备案正在审核的主体先退回或办结，再合并。"""
    for side in facts.sides if facts.act == MERGE else ():
        if side.state in (SUBMITTED, REVIEWING):
            label = PARTY_FLOW.state(side.state).label
            return Finding(f"“{side.name}”的备案{label}，正在办理。", "请先退回（说明重复）或办结，再合并。")
    return None


@rule("PTY-123", title="变更申请先办结", basis=BASIS, since=FIRST_DAY, severity=Severity.ERROR, scope="merge")
def no_change_is_open(facts: MergeFacts, _law: LawOf) -> Finding | None:
    """合并和注销以前，在办的变更、续期申请要先办结。"""
    if facts.act == UNDO:
        return None
    for side in facts.sides:
        if side.open_changes:
            return Finding(
                f"“{side.name}”有 {side.open_changes} 件变更或续期申请在办。", "请先办结或由申请人撤回。"
            )
    return None


@rule(
    "PTY-124",
    title="互有协议的不能合并",
    basis=BASIS,
    since=FIRST_DAY,
    severity=Severity.ERROR,
    scope="merge",
)
def no_agreement_between(facts: MergeFacts, _law: LawOf) -> Finding | None:
    """两户互为委托方和受托方的，不是同一主体，不能合并。"""
    if facts.act != MERGE or not facts.agreements_between:
        return None
    return Finding(f"两户之间有 {facts.agreements_between} 份委托代理协议。", "请核对是否真是同一主体。")


@rule(
    "PTY-125",
    title="信用代码不同的不能合并",
    basis=BASIS,
    since=FIRST_DAY,
    severity=Severity.ERROR,
    scope="merge",
)
def one_credit_code(facts: MergeFacts, _law: LawOf) -> Finding | None:
    """统一社会信用代码不同，或国别不同的，不是同一主体，不能合并。"""
    if facts.act != MERGE or facts.merged is None:
        return None
    codes = {side.credit_code for side in facts.sides if side.credit_code}
    if len(codes) > 1:
        return Finding("两户的统一社会信用代码不同，不是同一主体。", "确实录错的，请先更正，再合并。")
    if facts.kept.country != facts.merged.country:
        return Finding("两户的国别（地区）不同，不是同一主体。", "确实录错的，请先更正，再合并。")
    return None


@rule(
    "PTY-126",
    title="合并后又有改动的不能撤销",
    basis=BASIS,
    since=FIRST_DAY,
    severity=Severity.ERROR,
    scope="merge",
)
def nothing_was_built_on_it(facts: MergeFacts, _law: LawOf) -> Finding | None:
    """合并以后保留的备案又有改动、移过来的内容又被办理过的，不能再撤销合并。"""
    if facts.act != UNDO or not facts.later:
        return None
    return Finding(f"合并以后又有改动：{'；'.join(facts.later)}。", "不能自动撤销，请分别更正。")


def judge(facts: MergeFacts, law: LawOf) -> tuple[Finding, ...]:
    """What stands against it, by rule id."""
    return tuple(REGISTRY.judge(facts, law, day=facts.day, scope="merge", prefix="PTY-12"))
