"""The rules DUP-…: each says one thing that two claims have in common, with both records' wording."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from youju.rules.findings import Finding, Severity
from youju.rules.funds.duplicates.facts import Claim
from youju.rules.funds.duplicates.likeness import ADDRESS_LIKE, NAME_LIKE, VOYAGE, Likeness
from youju.rules.funds.duplicates.names import BRANCHES, FORMS, GLYPHS, REGIONS, TRADES
from youju.rules.funds.duplicates.weighing import THRESHOLD, WEIGHTS
from youju.rules.law import PolicyValue
from youju.rules.registry import rule

BASIS, RELATED, HOUSE_DAY = "house-duplicates#basis", "house-duplicates#relations", date(2020, 1, 1)
LawOf = Mapping[str, PolicyValue]
_NAMES = {
    "same": "去掉地区和组织形式后相同",
    "short": "字号相同，一个名称少写了行业",
    "sibling": "字号相同，行业不同",
    "sound": "字号同音或形近",
    "alike": "字号只差一字或字序不同",
    "part": "一个字号是另一个的简写",
}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two claims and what they have in common."""

    first: Claim
    second: Claim
    likeness: Likeness


def _says(field: str, message: str, suggestion: str, first: str, second: str) -> Finding:
    return Finding(message, suggestion, {"field": field, "first": first, "second": second})


def _listed(values: tuple[str, ...]) -> str:
    shown = "、".join(values[:2])
    return f"{shown} 等 {len(values)} 项" if len(values) > 2 else shown


@rule(
    "DUP-001",
    title="同一报关单商品项申报两次",
    basis=BASIS,
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="claims",
)
def a_line_is_claimed_once(pair: Pair, _law: LawOf) -> Finding | None:
    """一个报关单商品项只能享受一次补助，不论哪个政策、哪一年、由谁申报。"""
    shared = pair.likeness.lines
    if not shared:
        return None
    words = _listed(
        tuple(f"{number} 第 {line} 项" for number, _, line in (each.rpartition(":") for each in shared))
    )
    return _says(
        "lines",
        f"两份申报都用了报关单 {words}。",
        "核对两个政策能否叠加；不能的，退回后申报的一份，或从中去掉这些商品项。",
        _listed(tuple(f"{each.declaration} 第 {each.number} 项" for each in pair.first.lines)),
        _listed(tuple(f"{each.declaration} 第 {each.number} 项" for each in pair.second.lines)),
    )


@rule(
    "DUP-002",
    title="同一张发票申报两次",
    basis=BASIS,
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="claims",
)
def an_invoice_is_claimed_once(pair: Pair, _law: LawOf) -> Finding | None:
    """一张发票只能作一次申报的依据；一般商业发票连同开票人或金额一起比较。"""
    shared = pair.likeness.invoices
    if not shared:
        return None
    return _says(
        "invoices",
        f"两份申报都用了发票 {_listed(tuple(dict.fromkeys(each.partition('|')[0] for each in shared)))}。",
        "调出两份发票影像对照；同一张的，退回后申报的一份。",
        _listed(tuple(each.number for each in pair.first.invoices)),
        _listed(tuple(each.number for each in pair.second.invoices)),
    )


@rule(
    "DUP-003",
    title="同一航次的集装箱申报两次",
    basis=BASIS,
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="claims",
    parameters=(VOYAGE,),
)
def a_container_is_claimed_once_a_voyage(pair: Pair, _law: LawOf) -> Finding | None:
    """按箱计算的补助，一个集装箱的一个航次只能计一次。"""
    shared = pair.likeness.boxes
    if not shared:
        return None
    return _says(
        "boxes",
        f"两份申报都按集装箱 {_listed(shared)} 计算，装箱或放行日期相近。",
        "对照提单：同一航次的只计一次，拼箱的按约定由一方申报。",
        _listed(tuple(f"{each.number}（{each.day or '无日期'}）" for each in pair.first.boxes)),
        _listed(tuple(f"{each.number}（{each.day or '无日期'}）" for each in pair.second.boxes)),
    )


@rule(
    "DUP-004",
    title="同一主体就同一政策同一期间申报两次",
    basis=BASIS,
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="claims",
)
def a_claimant_claims_once_a_period(pair: Pair, _law: LawOf) -> Finding | None:
    """同一主体对一个政策的一个期间只申报一次。"""
    if not pair.likeness.twice:
        return None
    return _says(
        "period",
        f"{pair.first.name} 就 {pair.first.policy} 的 {pair.first.period} 申报了两次。",
        "确认后一份是补充还是重报；补充的并入前一份。",
        f"{pair.first.policy} {pair.first.period}",
        f"{pair.second.policy} {pair.second.period}",
    )


@rule(
    "DUP-005",
    title="两个主体用同一收款账户",
    basis=BASIS,
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="claims",
)
def an_account_is_of_one_claimant(pair: Pair, _law: LawOf) -> Finding | None:
    """收款账户应是申报主体自己的，两个主体不应写同一个账户。"""
    if not pair.likeness.account:
        return None
    return _says(
        "account",
        f"{pair.first.name}和{pair.second.name}写了同一个收款账户。",
        "向开户银行核对户名；不是自己账户的不予支付。",
        pair.first.account,
        pair.second.account,
    )


@rule(
    "DUP-006",
    title="两个主体的法定代表人是同一人",
    basis=BASIS,
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="claims",
)
def one_person_stands_behind_one_claimant(pair: Pair, _law: LawOf) -> Finding | None:
    """两个申报主体的法定代表人证件号码相同的，是关联企业，应合并核对。"""
    if not pair.likeness.mark:
        return None
    return _says(
        "person_mark",
        f"{pair.first.name}和{pair.second.name}的法定代表人证件号码相同。",
        "按关联企业合并计算上限；同一批业务拆给两家的，退回一家。",
        pair.first.legal_person,
        pair.second.legal_person,
    )


@rule(
    "DUP-007",
    title="两个主体留同一电话",
    basis=RELATED,
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="claims",
    parameters=(WEIGHTS, THRESHOLD),
)
def a_phone_is_of_one_claimant(pair: Pair, _law: LawOf) -> Finding | None:
    """两个主体留下同一电话的可能是关联企业；代理的电话和许多主体共用的电话不算。"""
    if pair.likeness.phone != "same":
        return None
    return _says(
        "phones",
        f"两个主体都留了电话 {_listed(pair.likeness.phones)}（共 {_held(pair, 'phone')} 个主体留此号码）。",
        "拨打核实由谁接听；代理代填的，请代理在备案里登记这个号码。",
        "、".join(pair.first.phones),
        "、".join(pair.second.phones),
    )


@rule(
    "DUP-008",
    title="两个主体的法定代表人同名或近名",
    basis=RELATED,
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="claims",
    parameters=(WEIGHTS, GLYPHS),
)
def a_legal_person_may_be_one(pair: Pair, _law: LawOf) -> Finding | None:
    """两个主体的法定代表人同名、同音或只差一字的，可能是同一人；名字越常见分量越轻。"""
    words = {"same": "同名", "alike": "同音或只差一字"}.get(pair.likeness.person)
    if words is None:
        return None
    count = (
        f"（共 {_held(pair, 'person')} 个主体的法定代表人叫这个名字）"
        if pair.likeness.person == "same"
        else ""
    )
    return _says(
        "legal_person",
        f"法定代表人{words}：{pair.first.legal_person}、{pair.second.legal_person}{count}。",
        "对照两份备案里的证件。",
        pair.first.legal_person,
        pair.second.legal_person,
    )


@rule(
    "DUP-009",
    title="两个主体在同一地址",
    basis=RELATED,
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="claims",
    parameters=(WEIGHTS, ADDRESS_LIKE, REGIONS),
)
def an_address_is_of_one_claimant(pair: Pair, _law: LawOf) -> Finding | None:
    """两个主体的地址是同一门牌的可能是关联企业；只是同一座楼的不算。"""
    words = {"same": "是同一门牌", "alike": "门牌号相同，街道或楼名相近"}.get(pair.likeness.address)
    if words is None:
        return None
    return _says(
        "address",
        f"两个主体的地址{words}。",
        "现场查看是一家还是前后两家。",
        pair.first.address,
        pair.second.address,
    )


@rule(
    "DUP-010",
    title="两个主体的名称相同",
    basis=RELATED,
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="claims",
    parameters=(WEIGHTS, REGIONS, FORMS, BRANCHES, TRADES),
)
def a_name_is_of_one_claimant(pair: Pair, _law: LawOf) -> Finding | None:
    """两个主体的名称去掉地区、组织形式和分支机构后相同的，可能是一家。"""
    return _named(pair, ("same", "short"))


@rule(
    "DUP-011",
    title="两个主体的名称相近",
    basis=RELATED,
    since=HOUSE_DAY,
    severity=Severity.HINT,
    scope="claims",
    parameters=(WEIGHTS, NAME_LIKE, GLYPHS, TRADES),
)
def a_name_is_not_like_anothers(pair: Pair, _law: LawOf) -> Finding | None:
    """两个主体的字号同音、形近、只差一字、互为简写或行业不同的，连同其他相同之处一起核对。"""
    return _named(pair, ("sibling", "sound", "alike", "part"))


def _named(pair: Pair, levels: tuple[str, ...]) -> Finding | None:
    if pair.likeness.name not in levels:
        return None
    return _says(
        "name",
        f"名称{_NAMES[pair.likeness.name]}：{pair.first.name}、{pair.second.name}。",
        "对照两份营业执照。",
        pair.first.name,
        pair.second.name,
    )


def _held(pair: Pair, field: str) -> int:
    return max(2, (pair.likeness.holders or {}).get(field, 0))
