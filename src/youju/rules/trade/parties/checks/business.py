"""What the party does, and how long the filing holds."""

from __future__ import annotations

from youju.rules.findings import Finding, Severity
from youju.rules.law import names, table, whole
from youju.rules.registry import rule
from youju.rules.trade.parties.checks.days import FIRST_DAY, LawOf
from youju.rules.trade.parties.facts import FilingFacts

CHAPTERS, YEARS = "trade.parties.hs_chapters", "trade.parties.filing_years"


@rule(
    "PTY-021",
    title="注册资本是金额",
    basis="house-parties#fields",
    since=FIRST_DAY,
    severity=Severity.ERROR,
    scope="filing",
)
def capital_is_an_amount(facts: FilingFacts, _law: LawOf) -> Finding | None:
    """注册资本以万元为单位，是大于零、至多两位小数的数字。"""
    if not facts.capital_text or (facts.registered_capital is not None and facts.registered_capital > 0):
        return None
    return facts.says("注册资本应是大于零的数字。", "单位是万元，例如 50 或 12.5。", "registered_capital")


@rule(
    "PTY-022",
    title="商品章存在",
    basis="house-parties#words",
    since=FIRST_DAY,
    severity=Severity.ERROR,
    scope="filing",
    parameters=(CHAPTERS,),
)
def chapters_exist(facts: FilingFacts, law: LawOf) -> Finding | None:
    """经营的商品章是商品编码的前两位，在第 1 至 97 章之内，第 77 章留空。"""
    rows = table(law, CHAPTERS)
    last, reserved = str(rows["last"]), names(rows, "reserved")
    wrong = [
        each
        for each in facts.chapters
        if not (len(each) == 2 and each.isascii() and each.isdecimal() and "01" <= each <= last)
        or each in reserved
    ]
    if not wrong:
        return None
    return facts.says(f"没有“{'、'.join(wrong)[:40]}”这一章。", "请写商品编码的前两位，例如 42。", "chapters")


@rule(
    "PTY-023",
    title="备案的有效期不超过规定",
    basis="house-parties#validity",
    since=FIRST_DAY,
    severity=Severity.ERROR,
    scope="filing",
    parameters=(YEARS,),
)
def validity_is_within_the_years(facts: FilingFacts, law: LawOf) -> Finding | None:
    """备案的有效期自通过之日起，不超过规定的年数，不早于开始。"""
    begins, ends = facts.valid_from, facts.valid_to
    if begins is None or ends is None:
        return None
    years = whole(law, YEARS)
    if begins <= ends and (ends.year - begins.year, ends.month, ends.day) < (years, begins.month, begins.day):
        return None
    return facts.says(f"备案的有效期应在 {years} 年以内。", "请改正有效期的开始或结束。", "valid_to")
