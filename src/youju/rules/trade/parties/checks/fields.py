"""What must be filled, how long it may be, and what must be chosen from a list."""

from __future__ import annotations

from youju.rules.findings import Finding, Severity
from youju.rules.law import table
from youju.rules.registry import rule
from youju.rules.trade.parties.checks.days import FIRST_DAY, LawOf
from youju.rules.trade.parties.facts import FilingFacts
from youju.rules.trade.parties.fields import BY_CODE, label_of, required
from youju.rules.trade.parties.roles import PartyRole

REQUIRED = "trade.parties.required_fields"
EXCLUSIVE = "trade.parties.exclusive_roles"
TAX_KINDS, BUYER_TYPES = "trade.parties.tax_kinds", "trade.parties.buyer_types"


@rule(
    "PTY-001",
    title="必填项都已填写",
    basis="gacc-2019-221#operators",
    since=FIRST_DAY,
    severity=Severity.ERROR,
    scope="filing",
    parameters=(REQUIRED,),
)
def required_fields_are_filled(facts: FilingFacts, law: LawOf) -> list[Finding]:
    """备案要填齐所选主体类型的必填项；没有居民身份证的填护照号。"""
    blank = [field for field in required(facts.roles, table(law, REQUIRED)) if not facts.filled(field.code)]
    return [
        facts.says(f"{field.label}没有填写。", f"请填写{field.label}。", field.code)
        for field in blank
        if not (field.code == "resident_id" and facts.passport)
    ]


@rule(
    "PTY-002",
    title="主体类型已选且可以并存",
    basis="house-parties#roles",
    since=FIRST_DAY,
    severity=Severity.ERROR,
    scope="filing",
    parameters=(EXCLUSIVE,),
)
def roles_go_together(facts: FilingFacts, law: LawOf) -> Finding | None:
    """至少选一种主体类型；境外采购商不能同时备案为境内经营者。"""
    if not facts.roles:
        return facts.says("没有选择主体类型。", "请至少选一种。", "roles")
    for role, others in table(law, EXCLUSIVE).items():
        clash = [other for other in facts.roles if isinstance(others, tuple) and other in others]
        if role in facts.roles and clash:
            words = "、".join(PartyRole(other).label for other in clash)
            return facts.says(f"{PartyRole(role).label}不能同时是{words}。", "请分开备案。", "roles")
    return None


@rule(
    "PTY-003",
    title="各项不超过规定的长度",
    basis="house-parties#fields",
    since=FIRST_DAY,
    severity=Severity.ERROR,
    scope="filing",
)
def nothing_is_too_long(facts: FilingFacts, _law: LawOf) -> list[Finding]:
    """各项内容不超过规定的字数。"""
    return [
        facts.says(f"{label_of(code)}超过 {field.longest} 个字。", "请写短一些。", code)
        for code, field in BY_CODE.items()
        if isinstance(getattr(facts, code), str)
        and len(getattr(facts, code)) > field.longest
        and code not in {"country", "tax_kind", "buyer_type"}
    ]


@rule(
    "PTY-004",
    title="选项在列表里",
    basis="house-parties#words",
    since=FIRST_DAY,
    severity=Severity.ERROR,
    scope="filing",
    parameters=(
        TAX_KINDS,
        BUYER_TYPES,
    ),
)
def choices_are_known(facts: FilingFacts, law: LawOf) -> list[Finding]:
    """纳税人类别和采购商类型从列表里选。"""
    lists = (("tax_kind", facts.tax_kind, TAX_KINDS), ("buyer_type", facts.buyer_type, BUYER_TYPES))
    return [
        facts.says(
            f"{label_of(code)}“{value[:20]}”不在列表里。",
            f"可选：{'、'.join(str(label) for label in table(law, policy).values())}。",
            code,
        )
        for code, value, policy in lists
        if value and value not in table(law, policy)
    ]
