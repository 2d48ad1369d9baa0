"""What a document must satisfy before it is staged: sayable in a sentence here, enforced by the tables later."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from youju.foundation.kernel.errors import InputError
from youju.performance.targets import models
from youju.rules.performance.targets.facts import Project, TargetDocument

FIRST_YEAR, LAST_YEAR = 2000, 2100
_CODE = re.compile(r"(?=.*[0-9])[0-9A-Za-z._-]+")
"""A code stands in addresses: nothing to escape there, and no word such as ``import``."""
_MANY = 32767  # smallint, the type of every order column


def accept(document: TargetDocument) -> None:
    """Refuse a document that cannot be stored.

    Raises:
        InputError: no project, a code twice, an amount that is no number, a text too long, a NUL character.
    """
    if not document.projects:
        raise InputError("文件里没有项目绩效目标表", how="请确认上传的是绩效目标文本")
    codes = Counter(project.code for project in document.projects)
    for code, times in codes.items():
        if not code:
            raise InputError("有一张表没有项目编码", how="请补填项目编码后再上传")
        if times > 1:
            raise InputError(
                f"项目编码 {code} 出现了 {times} 次", how="请改正重复的编码，或删去重复的表后再上传"
            )
        _fits(code, models.Project, "code", "项目编码")
        if not _CODE.fullmatch(code):
            raise InputError(
                f"“{code}”不是项目编码",
                where="项目编码",
                how="项目编码由字母、数字、点和横线组成，且至少有一个数字，请改正后再上传",
            )
    head = document.document
    for field, text in (
        ("unit_code", head.unit_code),
        ("unit_name", head.unit_name),
        ("money_unit", head.money_unit),
        ("schema", head.schema),
    ):
        _fits(text or "", models.TargetSet, field, "文件表头")
    for project in document.projects:
        _accept_project(project)
    if any("\x00" in text for text in _texts(document)):
        raise InputError("文件里有空字符（NUL）", how="请用文字处理软件另存后再上传")


def check_year(fiscal_year: int) -> int:
    """The fiscal year if it is one.

    Raises:
        InputError: outside 2000–2100.
    """
    if not FIRST_YEAR <= fiscal_year <= LAST_YEAR:
        raise InputError(
            f"预算年度 {fiscal_year} 不对", how=f"请填 {FIRST_YEAR} 到 {LAST_YEAR} 之间的四位年份"
        )
    return fiscal_year


def unit_key(document: TargetDocument) -> str:
    """What tells one unit's documents from another's: the code, else the name, else nothing was printed."""
    head = document.document
    return (head.unit_code or head.unit_name or "未写明单位")[:200]


def _accept_project(project: Project) -> None:
    amounts = {
        "预算数": project.budget,
        "财政资金": project.fiscal,
        "其他资金": project.other,
        **{f"{int(month)}月底支出计划": amount for month, amount in project.plan.items()},
    }
    for label, amount in amounts.items():
        if amount is not None and not _is_number(amount):
            raise InputError(
                f"“{amount}”不是金额", where=f"项目 {project.code}，{label}", how="请改成数字后再上传"
            )
    if max(len(project.indicators), len(project.goals)) > _MANY:
        raise InputError("行数太多", where=f"项目 {project.code}", how="请拆成几个文件")


def _is_number(text: str) -> bool:
    """Whether storing keeps the text as it is: plain digits with an optional fraction."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return False
    return number.is_finite() and format(number, "f") == text


def _fits(text: str, model: type, field: str, label: str) -> None:
    longest = model._meta.get_field(field).max_length  # type: ignore[attr-defined]
    if longest is not None and len(text) > longest:
        raise InputError(f"“{text[:20]}…”太长，至多 {longest} 个字", where=label, how="请改短后再上传")


def _texts(document: TargetDocument) -> Iterator[str]:
    yield document.department.goal
    for subgoal in document.department.subgoals:
        yield from (subgoal.title, subgoal.goal, subgoal.indicator)
    for safeguard in document.department.safeguards:
        yield from (safeguard.title, safeguard.text)
    for project in document.projects:
        yield from (project.code, project.name, project.purpose, *project.goals)
        for row in project.indicators:
            yield from (row.level1, row.level2, row.level3, row.description, row.raw_value, row.basis)
            yield row.value.unit or ""
    yield from (document.document.unit_code or "", document.document.unit_name or "")
