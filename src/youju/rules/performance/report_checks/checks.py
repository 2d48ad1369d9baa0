"""The rules RPC-… : what is wrong with a figure that does not agree with the data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from youju.rules.findings import Finding, Severity
from youju.rules.law import PolicyValue
from youju.rules.performance.report_checks.facts import KIND_LABELS, Comparison, Relation
from youju.rules.registry import rule

BASIS, ROUNDING = "house-report-checks#agreement", "house-report-checks#rounding"
DAY = date(2020, 1, 1)
LawOf = Mapping[str, PolicyValue]


def _said(comparison: Comparison, why: str) -> Finding:
    about = comparison.what or "这个数"
    return Finding(
        f"{about}写作 {comparison.figure.printed}，{why}。",
        f"数据是 {comparison.right}，请核对。",
        {"start": comparison.figure.start, "end": comparison.figure.end},
    )


@rule("RPC-001", title="数和数据不符", basis=BASIS, since=DAY, severity=Severity.ERROR, scope="report_figure")
def a_figure_agrees_with_the_data(comparison: Comparison, law: LawOf) -> Finding | None:  # noqa: ARG001
    """报告里写到本单位项目或指标的数，按所印的位数和单位要和数据一致。"""
    return _said(comparison, "和数据不符") if comparison.relation is Relation.WRONG else None


@rule(
    "RPC-002", title="数字对、单位错", basis=BASIS, since=DAY, severity=Severity.ERROR, scope="report_figure"
)
def a_figure_stands_in_its_unit(comparison: Comparison, law: LawOf) -> Finding | None:  # noqa: ARG001
    """数字和数据相同，单位却差了量级或不是一类。"""
    return _said(comparison, "单位不对") if comparison.relation is Relation.UNIT else None


@rule(
    "RPC-003",
    title="百分比和百分点混用",
    basis=BASIS,
    since=DAY,
    severity=Severity.ERROR,
    scope="report_figure",
)
def points_are_no_per_cent(comparison: Comparison, law: LawOf) -> Finding | None:  # noqa: ARG001
    """两个比率之差用个百分点，比率本身用百分号。"""
    return _said(comparison, "百分比和百分点混用") if comparison.relation is Relation.POINTS else None


@rule(
    "RPC-004",
    title="写成了别的年度或期间的数",
    basis=BASIS,
    since=DAY,
    severity=Severity.ERROR,
    scope="report_figure",
)
def a_figure_is_of_its_time(comparison: Comparison, law: LawOf) -> Finding | None:  # noqa: ARG001
    """报告里的数属于所说的年度和月份。"""
    if comparison.relation is not Relation.OTHER_YEAR or comparison.beside is None:
        return None
    beside = comparison.beside
    when = f"{beside.year}年" + (f"{beside.period}月" if beside.period else "")
    return _said(comparison, f"这是{when}的数")


@rule(
    "RPC-005",
    title="写成了别的项目的数",
    basis=BASIS,
    since=DAY,
    severity=Severity.ERROR,
    scope="report_figure",
)
def a_figure_is_of_its_project(comparison: Comparison, law: LawOf) -> Finding | None:  # noqa: ARG001
    """报告里的数属于所说的项目，没有和别的项目对调。"""
    if comparison.relation is not Relation.OTHER_SUBJECT or comparison.beside is None:
        return None
    name = next(
        (each for each in comparison.beside.names if each != comparison.beside.subject),
        comparison.beside.subject,
    )
    return _said(comparison, f"这是“{name}”的数")


@rule(
    "RPC-006",
    title="写成了同一项目的另一个数",
    basis=BASIS,
    since=DAY,
    severity=Severity.ERROR,
    scope="report_figure",
)
def a_figure_is_what_it_says(comparison: Comparison, law: LawOf) -> Finding | None:  # noqa: ARG001
    """预算数、执行数、目标值和完成值没有互相写错。"""
    if comparison.relation is not Relation.OTHER_KIND or comparison.beside is None:
        return None
    return _said(comparison, f"这是{KIND_LABELS[comparison.beside.kind]}")


@rule("RPC-007", title="截去了尾数", basis=ROUNDING, since=DAY, severity=Severity.HINT, scope="report_figure")
def a_figure_is_rounded_not_cut(comparison: Comparison, law: LawOf) -> Finding | None:  # noqa: ARG001
    """保留小数时四舍五入，不是直接截去尾数。"""
    return (
        _said(comparison, "截去了尾数，没有四舍五入") if comparison.relation is Relation.TRUNCATED else None
    )
