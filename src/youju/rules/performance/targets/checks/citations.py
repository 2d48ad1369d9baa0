"""Document numbers cited as the basis of a value, and grounds that can't be checked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from youju.rules.findings import Finding, Severity
from youju.rules.law import names, text, whole
from youju.rules.performance.targets.cases import ProjectCase, RowCase
from youju.rules.performance.targets.checks.places import FORM_DAY, LawOf
from youju.rules.performance.targets.numbers import DocumentNumber, find_numbers
from youju.rules.performance.targets.texts import bare
from youju.rules.registry import rule

TYPO = "performance.targets.document_number_typo_distance"
BRACKETS = "performance.targets.document_number_brackets"
WEAK = "performance.targets.weak_bases"
_PREFIX = re.compile(r"^(?:依据|根据|按照|参照|结合|本单位|我单位|单位|部门|中心|\d{4}年度?|\d{4})+")


def _pairs(row: RowCase) -> Iterator[tuple[DocumentNumber, DocumentNumber, int]]:
    """Each number in the basis with the closest number in the project's name and their distance."""
    own = find_numbers(row.project.facts.name)
    for cited in find_numbers(row.indicator.basis) if own else ():
        nearest = min(own, key=cited.distance)
        yield cited, nearest, cited.distance(nearest)


@rule(
    "TGT-007",
    title="依据的文号与项目名称一致",
    basis="mof-2015-88#grounds",
    since=FORM_DAY,
    severity=Severity.ERROR,
    scope="row",
    parameters=(TYPO, BRACKETS),
)
def cited_number_has_no_typo(row: RowCase, law: LawOf) -> Finding | None:
    """指标值确定依据里的文号与项目名称里的文号只差一个字，多半是错字。"""
    for cited, own, distance in _pairs(row):
        if 0 < distance <= whole(law, TYPO):
            return row.says(
                f"依据“{cited.printed}”与项目名称中的文号“{own.printed}”只差一个字，疑为错字。",
                f"改为“{own.normal(text(law, BRACKETS))}”。",
                "basis",
            )
    return None


@rule(
    "TGT-008",
    title="依据与项目名称的文号括号一致",
    basis="gb-t-9704-2012#document-number",
    since=FORM_DAY,
    severity=Severity.WARNING,
    scope="row",
    parameters=(TYPO, BRACKETS),
)
def cited_number_has_the_same_brackets(row: RowCase, law: LawOf) -> Finding | None:
    """同一文号在指标值确定依据和项目名称里要用同一种括号，检索和比对才不会漏掉。"""
    for cited, own, distance in _pairs(row):
        if distance <= whole(law, TYPO) and cited.brackets != own.brackets:
            return row.says(
                f"依据“{cited.printed}”用{cited.brackets}，项目名称中的同一文号“{own.printed}”用{own.brackets}。",
                f"两处都改为“{own.normal(text(law, BRACKETS))}”。",
                "basis",
            )
    return None


@rule(
    "TGT-009",
    title="文号年份用六角括号",
    basis="gb-t-9704-2012#document-number",
    since=FORM_DAY,
    severity=Severity.HINT,
    scope="project",
    parameters=(BRACKETS,),
)
def numbers_use_hexagonal_brackets(project: ProjectCase, law: LawOf) -> Finding | None:
    """公文文号的年份用六角括号〔〕括入，不用【】、[] 或圆括号。

    One finding for a project lists every way in which its numbers are printed wrongly.
    """
    right = text(law, BRACKETS)
    facts = project.facts
    fields = [("name", facts.name), ("purpose", facts.purpose)]
    fields += [("goals", goal) for goal in facts.goals]
    fields += [("basis", indicator.basis) for indicator in facts.indicators]
    wrong: dict[str, tuple[str, DocumentNumber]] = {}
    for field, content in fields:
        for number in find_numbers(content):
            if number.brackets != right:
                wrong.setdefault(number.printed, (field, number))
    if not wrong:
        return None
    field, number = next(iter(wrong.values()))
    return project.says(
        f"文号{'、'.join(f'“{printed}”' for printed in wrong)}没有用六角括号{right}。",
        f"改为“{number.normal(right)}”这样的写法。",
        field,
    )


@rule(
    "TGT-026",
    title="依据可以核实",
    basis="mof-2015-88#grounds",
    since=FORM_DAY,
    severity=Severity.HINT,
    scope="row",
    parameters=(WEAK,),
)
def basis_can_be_checked(row: RowCase, law: LawOf) -> Finding | None:
    """指标值确定依据只写“年度工作计划”一类笼统说法，别人无法据以核实。"""
    basis = row.indicator.basis
    if "《" in basis or find_numbers(basis):
        return None
    core = bare(basis)
    weak = names(law, WEAK)
    if core not in weak and _PREFIX.sub("", core) not in weak:
        return None
    return row.says(
        f"依据“{basis.strip()}”过于笼统，无法核实“{row.indicator.raw_value}”从何而来。",
        "写明文件名称和文号、合同、标准或历史数据，例如“2022 年实际完成 95%”。",
        "basis",
    )
