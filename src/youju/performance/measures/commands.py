"""``youju measures show``: the indicator rows of a year with their live values."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from youju.foundation.kernel.context import at_the_machine
from youju.foundation.kernel.usage import Verbs

if TYPE_CHECKING:
    from youju.performance.measures.selectors.pages import Overview

app = typer.Typer(
    cls=Verbs,
    no_args_is_help=True,
    help="指标计量：各指标行的完成值、完成程度和预测。",
    rich_markup_mode=None,
)


@app.callback()
def measures() -> None:
    """指标计量：各指标行的完成值、完成程度和预测。"""


@app.command()
def show(
    year: Annotated[int, typer.Option("--year", min=2000, max=2100, metavar="年度", help="预算年度")],
    project: Annotated[str, typer.Option("--project", metavar="项目编码", help="只看这个项目")] = "",
    until: Annotated[str, typer.Option("--until", metavar="月份", help="截至哪个月，例如 2023-07")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="只输出一个 JSON 值")] = False,
) -> None:
    """一年的指标行：目标值、完成值、完成程度、全年预测和依据。"""
    from youju.foundation.database.ready import django_ready

    with django_ready(tell=_say, tables=True):
        from django.db import transaction

        from youju.performance.measures.selectors import row_as_json, until_named
        from youju.performance.measures.selectors.pages import overview
        from youju.performance.measures.selectors.pages import project as one_project

        with at_the_machine(), transaction.atomic():
            day = until_named(until, year)
            page = (
                one_project(actor=None, year=year, code=project, until=day)
                if project
                else overview(actor=None, year=year, until=day)
            )
            if as_json:
                data = {
                    "fiscal_year": page.target_set.fiscal_year,
                    "until": page.until.isoformat(),
                    "rows": [row_as_json(row) for row in page.rows],
                }
                typer.echo(json.dumps(data, ensure_ascii=False, indent=2).encode())
            else:
                _tell(page)


def _tell(page: Overview) -> None:
    from youju.performance.measures.web.telling import told

    typer.echo(
        f"{page.target_set.fiscal_year} 年，截至 {page.until}：达成 {page.met} 行，没有达成 {page.missed} 行"
    )
    for group in page.groups:
        typer.echo(f"\n{group.code} {group.name}")
        for each in told(group.rows):
            row = each.row
            value = row.shown or row.reason
            typer.echo(
                f"  {row.row} {row.level3}　目标 {row.raw_value}　完成 {value}"
                f"{f'　{each.degree}' if each.degree else ''}　{each.state}　{each.basis}"
            )


def _say(message: str) -> None:
    typer.echo(message, err=True)
