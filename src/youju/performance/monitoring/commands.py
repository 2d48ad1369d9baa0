"""``youju monitoring show``: a round at the command line."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.usage import Verbs

app = typer.Typer(cls=Verbs, no_args_is_help=True, help="运行监控：查看一轮。", rich_markup_mode=None)
AsJson = Annotated[bool, typer.Option("--json", help="只输出一个 JSON 值")]


@app.callback()
def monitoring() -> None:
    """运行监控。"""


@app.command("show")
def show(
    year: Annotated[int, typer.Option("--year", min=2000, max=2100, help="年度")],
    month: Annotated[int, typer.Option("--month", min=1, max=12, help="到几月")],
    as_json: AsJson = False,
) -> None:
    """查看一个年度到某月的一轮运行监控：各项目的执行率、颜色，各行的执行情况、预计和可能性。"""
    from youju.foundation.database.ready import django_ready

    with django_ready(tell=lambda text: typer.echo(text, err=True)):
        from youju.foundation.kernel.context import reaching_all
        from youju.performance.monitoring.selectors import round_in_month

        with reaching_all():
            found = round_in_month(year, month)
        if found is None:
            raise InputError(f"{year} 年 1—{month} 月没有运行监控", how="请先编制这一轮")
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, default=str).encode())
        return
    typer.echo(f"{found['number']}　{found['unit']}　截至 {found['until']}　序时进度 {found['time']}%")
    from youju.rules.performance.monitoring.colours import COLOURS
    from youju.rules.performance.monitoring.facts import LIKELIHOODS

    for each in found["projects"]:
        rate, colour = each["rate"] or "—", COLOURS.get(each["colour"], "—")
        typer.echo(f"{each['place']:>3}　{each['code']}　{each['name']}　执行率 {rate}%　{colour}")
        for row in each["rows"]:
            said = LIKELIHOODS.get(row["likelihood"] or row["suggested"], "—")
            typer.echo(f"      {row['row']}. {row['level3']}：{row['target']}　{row['done'] or '—'}　{said}")
