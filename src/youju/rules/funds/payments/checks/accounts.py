"""The payee and the account."""

from __future__ import annotations

import re

from stdnum import luhn
from stdnum.cn import uscc

from youju.rules.findings import Finding, Severity
from youju.rules.funds.payments.checks.terms import HOUSE_DAY, LawOf
from youju.rules.funds.payments.facts import PaymentFacts
from youju.rules.registry import rule

_ACCOUNT = re.compile(r"[0-9A-Z]{8,32}")
_CARD = re.compile(r"62[0-9]{14,17}")
"""UnionPay cards begin with 62 and carry a check digit; accounts of companies have forms of their own."""


@rule(
    "PAY-021",
    title="账号的写法正确",
    basis="house-funds#accounts",
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="payment",
)
def the_account_has_a_form(facts: PaymentFacts, _law: LawOf) -> Finding | None:
    """收款账号为 8 到 32 位数字或大写字母，并写明收款人和开户银行。"""
    if facts.payee.strip() and facts.bank.strip() and _ACCOUNT.fullmatch(facts.account):
        return None
    if not (facts.payee.strip() and facts.bank.strip()):
        return facts.says("收款人或开户银行没有填。", "请对照收款人的开户资料填写。", "payee_name")
    return facts.says(
        f"账号有 {len(facts.account)} 位，写法不对。",
        "请对照开户资料逐位核对，不要有空格以外的符号。",
        "account",
    )


@rule(
    "PAY-022",
    title="银行卡号校验相符",
    basis="house-funds#accounts",
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="payment",
)
def the_card_number_checks(facts: PaymentFacts, _law: LawOf) -> Finding | None:
    """以 62 开头的银行卡号，末位校验应相符。"""
    if not _CARD.fullmatch(facts.account) or luhn.is_valid(facts.account):
        return None
    return facts.says(
        "银行卡号的校验位不符，多半是抄错了一位。", "请对照银行卡逐位核对；确认无误的请说明。", "account"
    )


@rule(
    "PAY-023",
    title="收款人信用代码正确",
    basis="gb-32100-2015#alphabet",
    since=HOUSE_DAY,
    severity=Severity.ERROR,
    scope="payment",
)
def the_credit_code_is_right(facts: PaymentFacts, _law: LawOf) -> Finding | None:
    """填了统一社会信用代码的，应为 18 位且校验相符。"""
    if not facts.credit_code or uscc.is_valid(facts.credit_code):
        return None
    return facts.says("收款人的统一社会信用代码不对。", "请对照营业执照逐位核对。", "credit_code")


@rule(
    "PAY-024",
    title="一个账号一个收款人",
    basis="house-funds#accounts",
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="payment",
)
def the_account_has_one_owner(facts: PaymentFacts, _law: LawOf) -> Finding | None:
    """以前用同一账号付给过别的名称的，要说明原因。"""
    if not facts.owners:
        return None
    return facts.says(
        f"这个账号以前付给“{facts.owners[0]}”，现在写的是“{facts.payee}”。",
        "请核对账号和收款人；改名的附证明并说明。",
        "account",
    )


@rule(
    "PAY-025",
    title="老收款人没有换账号",
    basis="house-funds#accounts",
    since=HOUSE_DAY,
    severity=Severity.WARNING,
    scope="payment",
)
def the_account_is_known(facts: PaymentFacts, _law: LawOf) -> Finding | None:
    """以前付过的收款人换了账号的，先核实再说明。"""
    if not facts.accounts_before:
        return None
    return facts.says(
        f"以前付给“{facts.payee}”用的都是别的账号。",
        "请用以前留的电话向收款人核实，再写明核实情况。",
        "account",
    )
