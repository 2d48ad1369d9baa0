"""The rules on agency agreements (委托代理出口货物协议), AGR-…; judged when one is drafted, offered, changed and concluded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from youju.rules.findings import Finding, Severity
from youju.rules.law import Law, PolicyValue, decimal, whole
from youju.rules.registry import REGISTRY, rule
from youju.rules.trade.parties.agreement_facts import (
    AGENT_ROLES,
    PRINCIPAL_ROLES,
    SIDE_NAMES,
    SIDES,
    AgreementFacts,
    Collection,
    FeeKind,
    PartyFacts,
)
from youju.rules.trade.parties.roles import PartyRole

FAMILY = "AGR-"
SCOPE = "document"
START = date(2020, 1, 1)
REPORTING = date(2025, 10, 1)
_Law = Mapping[str, PolicyValue]

LONGEST = "trade.parties.agreement_longest_days"
BACKDATED = "trade.parties.agreement_backdated_days"
FEE_RATE = "trade.parties.agency_fee_rate_most"
SETTLE = "trade.parties.agency_settle_days_most"


def judge(facts: AgreementFacts, law: Law) -> list[Finding]:
    """Every finding of the rules in force on the law's day, by rule id.

    Args:
        facts: the agreement as it stands.
        law: the law of the day on which somebody drafts, offers, changes or concludes it.
    """
    return REGISTRY.judge(facts, law, day=law.as_of, scope=SCOPE, prefix=FAMILY)


def _wrong_party(party: PartyFacts, side: str, roles: frozenset[PartyRole], wanted: str) -> Iterable[Finding]:
    at = {"field": side}
    if not party.on_file:
        yield Finding(
            f"{SIDE_NAMES[side]}“{party.name}”现在没有有效的主体备案。",
            "请待其备案通过（或恢复）后再订立协议。",
            at,
        )
    if not party.roles & roles:
        yield Finding(
            f"{SIDE_NAMES[side]}“{party.name}”的备案里没有“{wanted}”这一主体类型。",
            "请改选一家，或请其先变更备案，增加主体类型。",
            at,
        )


@rule(
    "AGR-001",
    title="委托方须是已备案的市场经营户或生产企业",
    basis="gacc-2019-221#operators",
    since=START,
    severity=Severity.ERROR,
    scope=SCOPE,
)
def principal_on_file(facts: AgreementFacts, law: _Law) -> Iterable[Finding]:  # noqa: ARG001
    """委托方须已通过主体备案，主体类型是市场经营户或生产企业。"""
    return _wrong_party(facts.principal, "principal", PRINCIPAL_ROLES, "市场经营户或生产企业")


@rule(
    "AGR-002",
    title="受托方须是已备案的外贸代理",
    basis="gacc-2019-221#operators",
    since=START,
    severity=Severity.ERROR,
    scope=SCOPE,
)
def agent_on_file(facts: AgreementFacts, law: _Law) -> Iterable[Finding]:  # noqa: ARG001
    """受托方须已通过主体备案，主体类型是外贸代理。"""
    return _wrong_party(facts.agent, "agent", AGENT_ROLES, "外贸代理")


@rule(
    "AGR-003",
    title="委托方和受托方须是两家",
    basis="house-agreements#parties",
    since=START,
    severity=Severity.ERROR,
    scope=SCOPE,
)
def two_parties(facts: AgreementFacts, law: _Law) -> Finding | None:  # noqa: ARG001
    """委托方和受托方须是两个不同的主体，由不同单位的人签署。"""
    same = facts.principal.id == facts.agent.id
    shared = facts.principal.organisation is not None and (
        facts.principal.organisation == facts.agent.organisation
    )
    if not (same or shared):
        return None
    return Finding("委托方和受托方是同一家。", "自己出口不需要代理协议；请改选另一方。", {"field": "agent"})


@rule(
    "AGR-004",
    title="双方都有签署账号",
    basis="house-agreements#parties",
    since=START,
    severity=Severity.ERROR,
    scope=SCOPE,
)
def both_can_sign(facts: AgreementFacts, law: _Law) -> Iterable[Finding]:  # noqa: ARG001
    """双方都须有本系统的单位账号，由本单位的人签署。"""
    for side, party in zip(SIDES, (facts.principal, facts.agent), strict=True):
        if party.organisation is None:
            yield Finding(
                f"{SIDE_NAMES[side]}“{party.name}”还没有本系统的账号，签署不了。",
                "请其到服务中心开通账号，再订立协议。",
                {"field": side},
            )


@rule(
    "AGR-005",
    title="协议期限不超过最长期限",
    basis="house-agreements#duration",
    since=START,
    severity=Severity.ERROR,
    scope=SCOPE,
    parameters=(LONGEST,),
)
def not_too_long(facts: AgreementFacts, law: _Law) -> Finding | None:
    """到期日期不早于生效日期，期限不超过最长期限。"""
    if facts.valid_to < facts.valid_from:
        return Finding("到期日期早于生效日期。", "请改正两个日期。", {"field": "valid_to"})
    days, most = (facts.valid_to - facts.valid_from).days + 1, whole(law, LONGEST)
    if days <= most:
        return None
    latest = facts.valid_from + timedelta(days=most - 1)
    return Finding(
        f"期限有 {days} 天，最长 {most} 天。",
        f"到期日期最晚填 {latest.isoformat()}；到期前可以另订一份接上。",
        {"field": "valid_to"},
    )


@rule(
    "AGR-006",
    title="协议不倒签",
    basis="house-agreements#duration",
    since=START,
    severity=Severity.ERROR,
    scope=SCOPE,
    parameters=(BACKDATED,),
)
def not_backdated(facts: AgreementFacts, law: _Law) -> Finding | None:
    """生效日期不早于订立之日，已经到期的协议不能订立。"""
    earliest = (facts.offered_on or facts.day) - timedelta(days=whole(law, BACKDATED))
    if facts.valid_to < facts.day:
        return Finding("到期日期已经过去。", "请填今天或以后的日期。", {"field": "valid_to"})
    if facts.valid_from >= earliest:
        return None
    return Finding(
        f"生效日期早于 {earliest.isoformat()}。",
        "协议从双方签署时起才能生效，请改填今天或以后的日期。",
        {"field": "valid_from"},
    )


@rule(
    "AGR-007",
    title="同一双方的协议期限不重叠",
    basis="house-agreements#overlap",
    since=START,
    severity=Severity.ERROR,
    scope=SCOPE,
)
def no_overlap(facts: AgreementFacts, law: _Law) -> Iterable[Finding]:  # noqa: ARG001
    """同一委托方和受托方之间，任何一天只有一份待签署或已生效的协议。"""
    for other in facts.others:
        if facts.valid_from <= other.last and other.first <= facts.valid_to:
            yield Finding(
                f"与协议 {other.number}（{other.first.isoformat()} 至 {other.last.isoformat()}）的期限重叠。",
                "请改期，或先终止、作废那一份。",
                {"field": "valid_from"},
            )


@rule(
    "AGR-008",
    title="写明出口货物范围",
    basis="sat-2015-89#agreement",
    since=START,
    severity=Severity.ERROR,
    scope=SCOPE,
)
def names_the_goods(facts: AgreementFacts, law: _Law) -> Finding | None:  # noqa: ARG001
    """协议写明委托出口的货物范围。"""
    if facts.terms.goods.strip():
        return None
    return Finding("没有写明委托出口的货物。", "请写品类，例如“箱包及其辅料”。", {"field": "goods"})


@rule(
    "AGR-009",
    title="代理费写清且不超过上限",
    basis="house-agreements#fees",
    since=START,
    severity=Severity.ERROR,
    scope=SCOPE,
    parameters=(FEE_RATE,),
)
def fee_is_clear(facts: AgreementFacts, law: _Law) -> Finding | None:
    """代理费按比例、按票或不收，写明数额；按比例的不超过上限。"""
    terms, at = facts.terms, {"field": "fee"}
    if terms.fee_kind == FeeKind.NONE:
        return (
            Finding("约定不收代理费，却填了数额。", "请清空数额，或改选收费方式。", at) if terms.fee else None
        )
    amount = terms.fee_amount
    if terms.fee_kind not in set(FeeKind) or amount is None or amount <= 0:
        return Finding(
            "没有写清代理费。", "请填大于零的数，例如比例 0.8（%）或每票 200（元）；不收费请选“不收”。", at
        )
    most = decimal(law, FEE_RATE)
    if terms.fee_kind == FeeKind.RATE and amount > most:
        return Finding(
            f"代理费率 {terms.fee}% 超过上限 {most}%。", "请核对小数点；确需更高的改为按票收费。", at
        )
    return None


@rule(
    "AGR-010",
    title="代收外汇的约定付款期限",
    basis="house-agreements#settlement",
    since=START,
    severity=Severity.ERROR,
    scope=SCOPE,
    parameters=(SETTLE,),
)
def settlement_is_clear(facts: AgreementFacts, law: _Law) -> Finding | None:
    """写明由谁收汇；由受托方代收的，约定收汇后几日内付给委托方。"""
    terms, most = facts.terms, whole(law, SETTLE)
    if terms.collection not in set(Collection):
        return Finding("没有写明由谁收汇。", "请选委托方自行收汇或受托方代收。", {"field": "collection"})
    if terms.collection != Collection.AGENT:
        return None
    if terms.settle_days is None or not 1 <= terms.settle_days <= most:
        return Finding(
            "没有写清代收的货款几日内付给委托方。", f"请填 1 到 {most} 之间的天数。", {"field": "settle_days"}
        )
    return None


@rule(
    "AGR-011",
    title="写明由谁办理免税申报",
    basis="sat-2015-89#exemption",
    since=START,
    severity=Severity.ERROR,
    scope=SCOPE,
)
def exemption_is_clear(facts: AgreementFacts, law: _Law) -> Finding | None:  # noqa: ARG001
    """市场采购出口免征增值税，协议写明免税申报由哪一方办理。"""
    if facts.terms.exemption in SIDES:
        return None
    return Finding(
        "没有写明免税申报由谁办理。", "请选委托方或受托方；漏报会被视同内销征税。", {"field": "exemption"}
    )


@rule(
    "AGR-012",
    title="受托方承诺报送实际委托出口方",
    basis="sat-2025-17#consignors",
    since=REPORTING,
    severity=Severity.ERROR,
    scope=SCOPE,
)
def reports_consignors(facts: AgreementFacts, law: _Law) -> Finding | None:  # noqa: ARG001
    """受托方承诺在预缴申报时报送实际委托出口方和出口金额。"""
    if facts.terms.reports_consignor:
        return None
    return Finding(
        "没有约定受托方报送实际委托出口方和出口金额。",
        "请勾选这一条；不报送的，受托方按自营出口缴税。",
        {"field": "reports_consignor"},
    )
