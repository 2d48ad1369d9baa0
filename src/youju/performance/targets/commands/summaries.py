"""What ``targets read`` and ``targets lint`` show to a person on the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from youju.rules.findings import Finding, Severity
from youju.rules.performance.targets.facts import TargetDocument

_SEVERITIES = {
    Severity.ERROR: ("错误", "red"),
    Severity.WARNING: ("警告", "yellow"),
    Severity.HINT: ("提示", "blue"),
}


def print_document(document: TargetDocument) -> None:
    """Whose document it is, its projects with budget and rows, and the totals."""
    console = Console()
    head, department = document.document, document.department
    unit = " ".join(part for part in (head.unit_code, head.unit_name) if part) or "（未写单位）"
    year = f"{head.fiscal_year} 年度" if head.fiscal_year else "年度未写明"
    console.print(f"[bold]{escape(unit)}[/bold]  {year}  单位：{head.money_unit}  体系：{head.schema}")
    table = Table(show_footer=True)
    total = sum((Decimal(project.budget) for project in document.projects if project.budget), Decimal(0))
    rows = sum(len(project.indicators) for project in document.projects)
    table.add_column("序", justify="right")
    table.add_column("项目编码", no_wrap=True)
    table.add_column("项目名称", f"合计 {len(document.projects)} 个项目", overflow="fold")
    table.add_column("预算数", f"{total:,}", justify="right", no_wrap=True)
    table.add_column("指标", str(rows), justify="right")
    for number, project in enumerate(document.projects, 1):
        budget = f"{Decimal(project.budget):,}" if project.budget else "—"
        table.add_row(str(number), project.code, escape(project.name), budget, str(len(project.indicators)))
    console.print(table)
    console.print(
        f"部门：总体目标 {len(department.goal)} 字，分项目标 {len(department.subgoals)} 项，"
        f"保障措施 {len(department.safeguards)} 条"
    )


def print_findings(document: TargetDocument, findings: Sequence[Finding]) -> None:
    """The findings, grouped by project and row, and how many there are of each weight."""
    console = Console(highlight=False)
    names = {project.code: project.name for project in document.projects}
    current: object = object()
    for finding in findings:
        project = finding.at.get("project")
        if project != current:
            current = project
            title = f"{project} {names.get(str(project), '')}" if project else "部门与全文"
            console.print(f"\n[bold]{escape(title)}[/bold]")
        word, colour = _SEVERITIES[finding.severity]
        row = finding.at.get("row")
        place = f"第 {row} 行 " if row else ""
        console.print(
            f"  [{colour}]{word}[/{colour}] {finding.rule} {place}{escape(finding.message)}", soft_wrap=True
        )
        if finding.suggestion:
            console.print(f"      {escape(finding.suggestion)}", soft_wrap=True, style="dim")
    counts = Counter(finding.severity for finding in findings)
    said = "，".join(f"{word} {counts[severity]}" for severity, (word, _) in _SEVERITIES.items())
    console.print(f"\n{len(document.projects)} 个项目：{said}。" if findings else "没有发现问题。")
