"""People: names, identity numbers, age, how they are reached."""

from __future__ import annotations

import re
from datetime import date

from stdnum.cn import ric

from youju.rules.findings import Finding, Severity
from youju.rules.law import whole
from youju.rules.registry import rule
from youju.rules.trade.parties.checks.days import FIRST_DAY, LawOf
from youju.rules.trade.parties.facts import FilingFacts

ADULT = "trade.parties.adult_age"
_PASSPORT = re.compile(r"[A-Z0-9]{5,20}")
_PHONE = re.compile(r"1[3-9]\d{9}|0\d{9,11}|400\d{7}|\+\d{7,15}")
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_NOISE = re.compile(r"[<>\\{}|^`~\x00-\x1f]|(.)\1{5,}")


def birth_day(number: str, day: date) -> date | None:
    """The day of birth in a resident ID; ``None`` where the number is not right, or the day is still to come."""
    if len(number) != 18 or not number[:17].isdecimal() or not number.isascii():
        return None
    if ric.calc_check_digit(number) != number[-1]:
        return None
    try:
        born: date = ric.get_birth_date(number)
    except ric.ValidationError:
        return None
    return born if born <= day else None


def number_is_right(kind: str, number: str, day: date) -> bool:
    """Whether a tidied ``resident_id``, ``passport`` or ``phone`` has the form that rules PTY-010 to PTY-012 ask for."""
    if kind == "resident_id":
        return birth_day(number, day) is not None
    return (_PHONE if kind == "phone" else _PASSPORT).fullmatch(number) is not None


@rule(
    "PTY-010",
    title="居民身份证号正确",
    basis="gb-11643-1999#check",
    since=FIRST_DAY,
    severity=Severity.ERROR,
    scope="filing",
)
def resident_id_is_right(facts: FilingFacts, _law: LawOf) -> Finding | None:
    """居民身份证号为 18 位，出生日期存在，校验码相符。"""
    if not facts.resident_id or birth_day(facts.resident_id, facts.day):
        return None
    what = "应为 18 位" if len(facts.resident_id) != 18 else "不对：出生日期或校验码不符"
    return facts.says(f"居民身份证号{what}。", "请对照证件逐位核对。", "resident_id")


@rule(
    "PTY-011",
    title="护照号的写法",
    basis="house-parties#fields",
    since=FIRST_DAY,
    severity=Severity.ERROR,
    scope="filing",
)
def passport_has_its_form(facts: FilingFacts, _law: LawOf) -> Finding | None:
    """护照号为 5 至 20 位数字和拉丁字母。"""
    if not facts.passport or _PASSPORT.fullmatch(facts.passport):
        return None
    return facts.says(
        "护照号应为 5 至 20 位数字和拉丁字母。", "请照护照资料页填写，不写空格和符号。", "passport"
    )


@rule(
    "PTY-012",
    title="联系电话的写法",
    basis="house-parties#fields",
    since=FIRST_DAY,
    severity=Severity.ERROR,
    scope="filing",
)
def phone_has_its_form(facts: FilingFacts, _law: LawOf) -> Finding | None:
    """联系电话是手机号、带区号的座机，或以 + 和国家代码开头的境外号码。"""
    if not facts.phone or _PHONE.fullmatch(facts.phone):
        return None
    return facts.says(
        "联系电话的写法不对。", "手机号 11 位；座机带区号；境外号码以 + 和国家代码开头。", "phone"
    )


@rule(
    "PTY-013",
    title="电子邮箱的写法",
    basis="house-parties#fields",
    since=FIRST_DAY,
    severity=Severity.ERROR,
    scope="filing",
)
def email_has_its_form(facts: FilingFacts, _law: LawOf) -> Finding | None:
    """电子邮箱写成 name@example.com 的样子。"""
    if not facts.email or _EMAIL.fullmatch(facts.email):
        return None
    return facts.says("电子邮箱的写法不对。", "请写成 name@example.com 的样子。", "email")


@rule(
    "PTY-014",
    title="经营者已成年",
    basis="civil-code-2020#17",
    since=date(2021, 1, 1),
    severity=Severity.WARNING,
    scope="filing",
    parameters=(ADULT,),
)
def legal_person_is_of_age(facts: FilingFacts, law: LawOf) -> Finding | None:
    """法定代表人（经营者）一般应年满十八周岁。"""
    born = birth_day(facts.resident_id, facts.day)
    if born is None:
        return None
    had = (facts.day.month, facts.day.day) >= (born.month, born.day)
    age, least = facts.day.year - born.year - (not had), whole(law, ADULT)
    if age >= least:
        return None
    return facts.says(
        f"法定代表人（经营者）未满 {least} 周岁。", "请核对证件；确实如此的，提交时说明依据。", "resident_id"
    )


@rule(
    "PTY-015",
    title="名称像一个名称",
    basis="house-parties#fields",
    since=FIRST_DAY,
    severity=Severity.ERROR,
    scope="filing",
)
def name_reads_as_a_name(facts: FilingFacts, _law: LawOf) -> Finding | None:
    """名称至少两个字，境内主体的名称含有汉字，没有乱码。"""
    name = facts.name
    if not name:
        return None
    if len(name) < 2 or _NOISE.search(name) or name.isdecimal():
        return facts.says("名称看起来不是一个名称。", "请照营业执照或护照填写全称。", "name")
    if facts.roles and not facts.is_buyer and not _HAN.search(name):
        return facts.says("境内主体的名称应有汉字。", "请填营业执照上的中文名称，英文名称另填一栏。", "name")
    return None


@rule(
    "PTY-016",
    title="英文名称用拉丁字母",
    basis="house-parties#fields",
    since=FIRST_DAY,
    severity=Severity.ERROR,
    scope="filing",
)
def english_name_is_latin(facts: FilingFacts, _law: LawOf) -> Finding | None:
    """英文名称只用拉丁字母、数字和常用符号。"""
    name = facts.name_en
    if not name or (name.isascii() and any(sign.isalpha() for sign in name) and not _NOISE.search(name)):
        return None
    return facts.says("英文名称只能用拉丁字母、数字和常用符号。", "请照护照或外文执照填写。", "name_en")
