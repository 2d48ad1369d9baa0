"""What ``evaluation score`` shows to a person on the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from youju.rules.findings import Severity
from youju.rules.performance.evaluation.points import plain
from youju.rules.performance.evaluation.scoring import Scored

_SEVERITIES = {
    Severity.ERROR: ("错误", "red"),
    Severity.WARNING: ("警告", "yellow"),
    Severity.HINT: ("提示", "blue"),
}
_REASON = 28
_COLOURS = {"优": "green", "良": "green", "中": "yellow", "差": "red"}


def print_scored(result: Scored) -> None:
    """Every row with its points and how they came about, then execution, total and grade, warnings."""
    console = Console(highlight=False)
    console.print(f"[bold]{escape(result.schema.title)}[/bold]", soft_wrap=True)
    table = Table(show_footer=True, show_lines=True, padding=(0, 0, 0, 0))
    table.add_column("行", justify="right")
    table.add_column("指标", "合计", overflow="fold")
    table.add_column("目标值\n完成值", overflow="fold")
    table.add_column("分值", plain(result.schema.full), justify="right", no_wrap=True)
    table.add_column("得分", str(result.total), justify="right", no_wrap=True)
    table.add_column("怎样得来", overflow="fold", min_width=_REASON)
    execution = result.execution
    table.add_row(
        "",
        "预算执行率",
        f"{execution.rate}%",
        plain(execution.weight),
        str(execution.score),
        f"分值 {plain(execution.weight)} × 执行率，不超过 {plain(result.schema.execution_cap)}%。",
    )
    for scored in result.rows:
        row = scored.row
        tier = result.schema.tiers.get(row.tier or "")
        done = row.actual or (tier.label if tier else "")
        table.add_row(
            str(scored.number),
            escape(row.level3 or row.level2 or row.level1),
            escape(f"{row.target}\n{done}"),
            plain(scored.weight),
            str(scored.score),
            escape(scored.reason),
        )
    console.print(table)
    colour = _COLOURS.get(result.grade, "bold")
    console.print(f"总分 [bold]{result.total}[/bold]，等级 [{colour}]{result.grade}[/{colour}]")
    for finding in result.warnings:
        word, colour = _SEVERITIES[finding.severity]
        number = finding.at.get("row")
        place = f"第 {number} 行 " if number else ""
        console.print(
            f"  [{colour}]{word}[/{colour}] {finding.rule} {place}{escape(finding.message)}", soft_wrap=True
        )
        console.print(f"      {escape(finding.suggestion)}", soft_wrap=True, style="dim")
