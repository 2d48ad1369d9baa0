"""The papers of a filing: there, dated, in force."""

from __future__ import annotations

from datetime import timedelta

from youju.rules.findings import Finding, Severity
from youju.rules.law import names, table, whole
from youju.rules.registry import rule
from youju.rules.trade.parties.checks.days import FIRST_DAY, LawOf
from youju.rules.trade.parties.facts import FilingFacts

KINDS, NEEDED = "trade.parties.paper_kinds", "trade.parties.required_papers"
DATED, SOON = "trade.parties.dated_papers", "trade.parties.paper_soon_days"


@rule(
    "PTY-024",
    title="须交的材料都已上传",
    basis="house-parties#papers",
    since=FIRST_DAY,
    severity=Severity.ERROR,
    scope="filing",
    parameters=(
        KINDS,
        NEEDED,
    ),
)
def needed_papers_are_there(facts: FilingFacts, law: LawOf) -> list[Finding]:
    """所选主体类型须交的材料都要上传；用护照备案的，护照代替居民身份证件。"""
    if facts.papers is None or not facts.roles:
        return []
    there = {paper.kind for paper in facts.papers}
    if facts.passport and not facts.resident_id and "passport" in there:
        there.add("identity_card")
    wanted = dict.fromkeys(kind for role in facts.roles for kind in names(table(law, NEEDED), role))
    words = table(law, KINDS)
    return [
        facts.says(f"缺少{words[kind]}。", f"请拍照或扫描后上传{words[kind]}。", "papers")
        for kind in wanted
        if kind not in there
    ]


@rule(
    "PTY-025",
    title="有期限的材料写明有效期",
    basis="house-parties#papers",
    since=FIRST_DAY,
    severity=Severity.ERROR,
    scope="filing",
    parameters=(
        KINDS,
        DATED,
    ),
)
def dated_papers_say_their_day(facts: FilingFacts, law: LawOf) -> list[Finding]:
    """护照、摊位租赁合同等有期限的材料要写明到期日，先后次序正确。"""
    words, found = table(law, KINDS), []
    for paper in facts.papers or ():
        if paper.valid_from and paper.valid_to and paper.valid_to < paper.valid_from:
            found.append(facts.says(f"{words[paper.kind]}的到期日早于开始日。", "请对照证件改正。", "papers"))
        elif paper.valid_to is None and paper.kind in names(law, DATED):
            found.append(facts.says(f"{words[paper.kind]}没有写到期日。", "请补上到期日。", "papers"))
    return found


@rule(
    "PTY-026",
    title="材料在有效期内",
    basis="house-parties#papers",
    since=FIRST_DAY,
    severity=Severity.ERROR,
    scope="filing",
    parameters=(KINDS,),
)
def papers_are_in_force(facts: FilingFacts, law: LawOf) -> list[Finding]:
    """材料在提交和审核时都要在有效期内。"""
    words = table(law, KINDS)
    return [
        facts.says(f"{words[paper.kind]}已于 {paper.valid_to} 到期。", "请上传换发后的材料。", "papers")
        for paper in facts.papers or ()
        if paper.valid_to and paper.valid_to < facts.day
    ]


@rule(
    "PTY-027",
    title="材料不会马上到期",
    basis="house-parties#papers",
    since=FIRST_DAY,
    severity=Severity.HINT,
    scope="filing",
    parameters=(
        KINDS,
        SOON,
    ),
)
def papers_last_a_while(facts: FilingFacts, law: LawOf) -> list[Finding]:
    """材料快到期的，备案后要及时更换。"""
    words, soon = table(law, KINDS), facts.day + timedelta(days=whole(law, SOON))
    return [
        facts.says(f"{words[paper.kind]}将于 {paper.valid_to} 到期。", "换发后请及时更新。", "papers")
        for paper in facts.papers or ()
        if paper.valid_to and facts.day <= paper.valid_to < soon
    ]
