"""The project code: its check character and its year."""

from __future__ import annotations

from youju.rules.findings import Finding, Severity
from youju.rules.law import names
from youju.rules.performance.targets.cases import ProjectCase
from youju.rules.performance.targets.checks.places import FORM_DAY, LawOf
from youju.rules.performance.targets.codes import check_character, is_checked
from youju.rules.performance.targets.texts import mentions
from youju.rules.registry import rule

CARRIED = "performance.targets.carry_over_words"


@rule(
    "TGT-030",
    title="上年编码的项目写明结转",
    basis="house#carry-over",
    since=FORM_DAY,
    severity=Severity.WARNING,
    scope="project",
    parameters=(CARRIED,),
)
def older_code_is_marked_as_carried_over(project: ProjectCase, law: LawOf) -> Finding | None:
    """项目编码的年度早于预算年度，说明是以前年度的项目，应在名称里写明结转。

    A document that does not state its fiscal year is taken to be of the newest year among its codes.
    """
    year = project.document.fiscal_year
    if year is None or project.code is None or project.code.year >= year:
        return None
    if mentions(project.facts.name, names(law, CARRIED)):
        return None
    return project.says(
        f"项目编码的年度是 {project.code.year} 年，早于预算年度 {year} 年，名称里没有结转标记。",
        "确属结转的，在项目名称后注明“（上年结转）”；不是的，换用本年度编码。",
        "code",
    )


@rule(
    "TGT-033",
    title="项目编码校验相符",
    basis="hebei-form-2020#project-code",
    since=FORM_DAY,
    severity=Severity.WARNING,
    scope="project",
)
def code_carries_its_check_character(project: ProjectCase, _law: LawOf) -> Finding | None:
    """项目编码是 21 位，末位按 GB 32100 字符集校验；不符多半是抄写有误，外省编码规则可能不同。"""
    code = project.facts.code.strip()
    if not code or is_checked(code):
        return None
    try:
        expected = check_character(code[:-1])
    except ValueError as error:
        return project.says(
            f"项目编码“{code}”通不过校验：{error}。",
            "对照预算管理一体化系统核对编码；外省编码可以忽略。",
            "code",
        )
    return project.says(
        f"项目编码“{code}”的末位是 {code[-1]}，按前 20 位应为 {expected}。",
        "对照预算管理一体化系统逐位核对编码；外省编码可以忽略。",
        "code",
    )
