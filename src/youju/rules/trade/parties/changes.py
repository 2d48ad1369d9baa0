"""Changes to what is on file (备案变更) and prolonging it (续期): what may be asked, and what may be granted."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from youju.rules.findings import Finding, Severity
from youju.rules.law import PolicyValue, whole
from youju.rules.registry import REGISTRY, rule
from youju.rules.trade.parties.lifecycle import APPROVED, LIVE, PARTY_FLOW

FIRST_DAY = date(2020, 1, 1)
BASIS = "house-parties-changes#changes"
RENEWAL_BASIS = "house-parties-changes#renewal"
WINDOW = "trade.parties.renewal_window_days"
MONTHS = "trade.parties.renewal_months"
LawOf = Mapping[str, PolicyValue]

CHANGE, RENEWAL = "change", "renewal"
KINDS = {CHANGE: "备案变更", RENEWAL: "备案续期"}

FIELDS: dict[str, str] = {
    "name": "名称",
    "name_en": "英文名称",
    "legal_person": "法定代表人（经营者）",
    "contact": "联系人",
    "address": "地址",
    "registered_capital": "注册资本（万元）",
    "scope": "经营范围",
    "chapters": "经营的商品章",
    "tax_id": "纳税人识别号",
    "tax_kind": "纳税人类别",
    "customs_code": "海关编码",
    "region": "货源地区",
    "country": "国别（地区）",
    "buyer_type": "采购商类型",
    "email": "电子邮箱",
    "roles": "主体类型",
}
"""What may be changed, by field of the filing. The credit code is who the party is, and so stands not among them."""

IDENTIFIERS: dict[str, str] = {
    "resident_id.legal_person": "法定代表人身份证号",
    "resident_id.contact": "联系人身份证号",
    "passport.self": "护照号码",
    "phone.contact": "联系电话",
    "phone.legal_person": "法定代表人电话",
}
"""Identifiers that may be changed, as ``kind.holder``: sealed wherever they are kept."""

LABELS: dict[str, str] = {
    **FIELDS,
    **IDENTIFIERS,
    "valid_to": "备案有效期至",
    "credit_code": "统一社会信用代码",
}


@dataclass(frozen=True, slots=True)
class ChangeFacts:
    """A request as it is asked, or as it is about to be granted.

    Args:
        day: today.
        kind: ``change`` or ``renewal``.
        deciding: whether it is granted now; else it is asked.
        state, merged, revision, valid_to: the party's, now.
        fields: the names of what would change.
        asked_revision: the revision that the request was made on.
        changed_since: the Chinese names of what was changed on file after that.
        open_requests: how many other requests of the kind wait.
        requester, decider: usernames.
    """

    day: date
    kind: str
    state: str
    fields: tuple[str, ...]
    revision: int
    asked_revision: int
    deciding: bool = False
    merged: bool = False
    valid_to: date | None = None
    changed_since: tuple[str, ...] = ()
    open_requests: int = 0
    requester: str = ""
    decider: str = ""


@rule(
    "PTY-101",
    title="已备案的主体才能变更",
    basis=BASIS,
    since=FIRST_DAY,
    severity=Severity.ERROR,
    scope="change",
)
def party_is_live(facts: ChangeFacts, _law: LawOf) -> Finding | None:
    """只有已备案或已暂停的主体可以申请备案变更；没有备案的直接修改备案表。"""
    if facts.kind != CHANGE or (facts.state in LIVE and not facts.merged):
        return None
    label = "已并入他户" if facts.merged else PARTY_FLOW.state(facts.state).label
    return Finding(f"备案状态是“{label}”，不能申请变更。", "还没有备案的，请直接修改备案表后提交。")


@rule("PTY-102", title="变更须有改动", basis=BASIS, since=FIRST_DAY, severity=Severity.ERROR, scope="change")
def something_changes(facts: ChangeFacts, _law: LawOf) -> Finding | None:
    """变更申请至少要改动一个栏目。"""
    if facts.deciding or facts.kind != CHANGE or facts.fields:
        return None
    return Finding("没有改动任何栏目。", "请改好要变更的栏目再提交；只是延长有效期的，请申请续期。")


@rule(
    "PTY-103", title="信用代码不能变更", basis=BASIS, since=FIRST_DAY, severity=Severity.ERROR, scope="change"
)
def only_known_fields_change(facts: ChangeFacts, _law: LawOf) -> Finding | None:
    """统一社会信用代码等识别主体的栏目不能变更；代码变了就是另一个主体，应另行备案。"""
    if facts.kind != CHANGE:
        return None
    others = [name for name in facts.fields if name not in FIELDS and name not in IDENTIFIERS]
    if not others:
        return None
    words = "、".join(LABELS.get(name, name) for name in others)
    return Finding(f"“{words}”不能变更。", "换了信用代码的是另一个主体，请另行备案，再注销原备案。")


@rule(
    "PTY-104",
    title="同一种申请只办一件",
    basis=BASIS,
    since=FIRST_DAY,
    severity=Severity.ERROR,
    scope="change",
)
def one_at_a_time(facts: ChangeFacts, _law: LawOf) -> Finding | None:
    """同一主体同一种申请同时只能有一件在办。"""
    if facts.deciding or not facts.open_requests:
        return None
    kind = KINDS[facts.kind]
    return Finding(f"已有一件{kind}申请在办。", "请等它办结，或先撤回那一件，再提交新的。")


@rule(
    "PTY-105", title="续期不早于规定的日子", basis=RENEWAL_BASIS, since=FIRST_DAY, severity=Severity.ERROR,
    scope="change", parameters=(WINDOW,),
)  # fmt: skip
def renewal_is_in_its_window(facts: ChangeFacts, law: LawOf) -> Finding | None:
    """备案到期前规定的天数之内，才可以申请续期；过期以后仍可以申请。"""
    if facts.kind != RENEWAL or facts.deciding:
        return None
    if facts.valid_to is None:
        return Finding("备案没有到期日，不需要续期。", "请核对备案有效期。")
    opens = renewal_opens(facts.valid_to, law)
    if facts.day >= opens:
        return None
    return Finding(f"备案到 {facts.valid_to} 才到期，{opens} 起才能申请续期。", f"请在 {opens} 或以后申请。")


@rule(
    "PTY-106",
    title="已备案的主体才能续期",
    basis=RENEWAL_BASIS,
    since=FIRST_DAY,
    severity=Severity.ERROR,
    scope="change",
)
def renewal_is_of_an_active_party(facts: ChangeFacts, _law: LawOf) -> Finding | None:
    """只有“已备案”的主体可以续期；暂停的须先恢复，注销的须重新备案。"""
    if facts.kind != RENEWAL or (facts.state == APPROVED and not facts.merged):
        return None
    label = "已并入他户" if facts.merged else PARTY_FLOW.state(facts.state).label
    return Finding(f"备案状态是“{label}”，不能续期。", "暂停的请先恢复；注销的请重新备案。")


@rule(
    "PTY-107",
    title="按申请时看到的修订审核",
    basis=BASIS,
    since=FIRST_DAY,
    severity=Severity.ERROR,
    scope="change",
)
def nothing_moved_since(facts: ChangeFacts, _law: LawOf) -> Finding | None:
    """申请以后备案又有改动的，原申请不能再通过，须按现在的内容重新申请。"""
    if facts.revision == facts.asked_revision:
        return None
    what = f"（{'、'.join(facts.changed_since)}）" if facts.changed_since else ""
    return Finding(
        f"申请依据的是第 {facts.asked_revision} 次修订，备案现在是第 {facts.revision} 次修订{what}。",
        "请不通过这件申请并说明，由申请人按现在的内容重新提交。",
    )


@rule(
    "PTY-108",
    title="申请与审核由不同的人办",
    basis=BASIS,
    since=FIRST_DAY,
    severity=Severity.ERROR,
    scope="change",
)
def two_people(facts: ChangeFacts, _law: LawOf) -> Finding | None:
    """变更和续期的申请人不能审核自己的申请。"""
    if not facts.deciding or not facts.decider or facts.requester != facts.decider:
        return None
    return Finding("这件申请是您自己提交的，不能由您通过。", "请由另一位同事审核。")


def judge(facts: ChangeFacts, law: LawOf) -> tuple[Finding, ...]:
    """What stands against the request, by rule id; empty: nothing."""
    rules = REGISTRY.in_force(facts.day, "change", "PTY-10")
    return tuple(finding for each in rules for finding in each.findings(facts, law))


def renewal_opens(valid_to: date, law: LawOf) -> date:
    """The first day on which prolonging may be asked."""
    return valid_to - timedelta(days=whole(law, WINDOW))


def prolonged(valid_to: date | None, day: date, law: LawOf) -> date:
    """The new last good day: so many months after the old one, or after today where that is past or there was none."""
    start = max(valid_to, day) if valid_to else day
    months = start.month - 1 + whole(law, MONTHS)
    year, month = start.year + months // 12, months % 12 + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))
