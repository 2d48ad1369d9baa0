"""Codes and numbers that carry a check, or have a fixed form."""

from __future__ import annotations

import re

from stdnum.cn import uscc

from youju.rules.findings import Finding, Severity
from youju.rules.registry import rule
from youju.rules.trade.parties.checks.days import FIRST_DAY, LawOf
from youju.rules.trade.parties.facts import FilingFacts

_CUSTOMS = re.compile(r"[0-9A-Z]{10}")
_TAX = re.compile(r"[0-9A-Z]{15}|[0-9A-Z]{17,20}")


@rule(
    "PTY-005",
    title="统一社会信用代码正确",
    basis="gb-32100-2015#alphabet",
    since=FIRST_DAY,
    severity=Severity.ERROR,
    scope="filing",
)
def credit_code_is_right(facts: FilingFacts, _law: LawOf) -> Finding | None:
    """统一社会信用代码为 18 位，校验码相符。"""
    code = facts.credit_code
    if not code or uscc.is_valid(code):
        return None
    what = f"应为 18 位，现在是 {len(code)} 位" if len(code) != 18 else "校验不符，多半是抄错了一位"
    return facts.says(f"统一社会信用代码{what}。", "请对照营业执照逐位核对。", "credit_code")


@rule(
    "PTY-006",
    title="统一社会信用代码没有备案过",
    basis="gacc-2019-221#operators",
    since=FIRST_DAY,
    severity=Severity.ERROR,
    scope="filing",
)
def credit_code_is_new(facts: FilingFacts, _law: LawOf) -> Finding | None:
    """一个统一社会信用代码只备案一次。"""
    if not (facts.credit_code and facts.already_filed):
        return None
    return facts.says(
        "这个统一社会信用代码已经备案，不能重复备案。",
        "是本单位的，请在“我的备案”里查看或申请变更；找不到的，请带营业执照到服务窗口核实账号。",
        "credit_code",
    )


@rule(
    "PTY-007",
    title="海关编码的写法",
    basis="gacc-2019-221#operators",
    since=FIRST_DAY,
    severity=Severity.ERROR,
    scope="filing",
)
def customs_code_has_its_form(facts: FilingFacts, _law: LawOf) -> Finding | None:
    """海关编码为 10 位数字或大写字母。"""
    if not facts.customs_code or _CUSTOMS.fullmatch(facts.customs_code):
        return None
    return facts.says("海关编码应为 10 位数字或字母。", "请对照海关备案证明填写。", "customs_code")


@rule(
    "PTY-008",
    title="纳税人识别号的写法",
    basis="house-parties#fields",
    since=FIRST_DAY,
    severity=Severity.ERROR,
    scope="filing",
)
def tax_id_has_its_form(facts: FilingFacts, _law: LawOf) -> Finding | None:
    """纳税人识别号为 15 位或 17 至 20 位数字或大写字母。"""
    if not facts.tax_id or _TAX.fullmatch(facts.tax_id):
        return None
    return facts.says("纳税人识别号的位数不对。", "应为 15 位或 17 至 20 位数字或字母。", "tax_id")


@rule(
    "PTY-009",
    title="纳税人识别号与信用代码一致",
    basis="gb-32100-2015#alphabet",
    since=FIRST_DAY,
    severity=Severity.WARNING,
    scope="filing",
)
def tax_id_is_the_credit_code(facts: FilingFacts, _law: LawOf) -> Finding | None:
    """办理了三证合一的，纳税人识别号就是统一社会信用代码。"""
    if not facts.tax_id or not facts.credit_code or facts.tax_id == facts.credit_code:
        return None
    return facts.says(
        "纳税人识别号与统一社会信用代码不同。", "请核对；确实不同的，提交时说明原因。", "tax_id"
    )
