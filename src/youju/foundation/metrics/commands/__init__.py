"""``youju metrics``: the catalogue, a value with its rows, frozen figures."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from youju.foundation.kernel.context import at_the_machine
from youju.foundation.kernel.usage import Verbs

if TYPE_CHECKING:
    from youju.foundation.metrics.selectors import Shown

app = typer.Typer(
    cls=Verbs, no_args_is_help=True, help="指标：目录、值和依据行、冻结值。", rich_markup_mode=None
)
Json = Annotated[bool, typer.Option("--json", help="只输出一个 JSON 值")]
Code = Annotated[str, typer.Argument(metavar="编码", help="指标编码，例如 exports.value_cny")]
When = Annotated[
    str, typer.Option("--period", metavar="期间", help="2023、2023Q2、2023-06 或 2023-01..2023-07")
]
By = Annotated[str, typer.Option("--engine", metavar="引擎", help="postgres（缺省）、duckdb 或 spark")]
Project = Annotated[
    str, typer.Option("--project", metavar="项目", help="绩效项目编码，只用于以项目为参数的指标")
]


@app.callback()
def catalogue() -> None:
    """指标：目录、值和依据行、冻结值。"""


@app.command("list")
def list_metrics(as_json: Json = False) -> None:
    """列出指标目录。"""
    with _ready():
        from youju.analytics.metrics import metrics
        from youju.foundation.metrics.describing import metric_as_data

        found = [metric_as_data(metric) for metric in metrics().values()]
    if as_json:
        _print(found)
        return
    for each in found:
        typer.echo(f"{each['code']:<32} {each['label']}（{each['unit']}）　{each['formula']}")


@app.command("show")
def show(  # noqa: PLR0917 - options of a command
    code: Code,
    period: When,
    project: Project = "",
    engine: By = "postgres",
    rows: Annotated[int, typer.Option("--rows", min=0, max=1000, metavar="行数", help="列出多少行依据")] = 20,
    as_json: Json = False,
) -> None:
    """一个指标在一个期间的值、公式、组成和依据行。"""
    with _ready():
        from youju.foundation.metrics.describing import value_as_data
        from youju.foundation.metrics.selectors import show_metric

        shown = show_metric(
            actor=None,
            code=code,
            period=period,
            engine=engine,
            parameters={"project": project} if project else {},
            limit=rows,
        )
        if as_json:
            _print(value_as_data(shown))
        else:
            _tell(shown)


@app.command("freeze")
def freeze(
    code: Code,
    period: When,
    engine: By = "postgres",
    purpose: Annotated[str, typer.Option("--purpose", metavar="用途", help="为什么冻结")] = "",
    as_json: Json = False,
) -> None:
    """冻结一个指标现在的值，连同公式和依据行的校验值。"""
    with _ready():
        from youju.foundation.metrics.describing import figure_as_data
        from youju.foundation.metrics.services import freeze_figure

        kept = freeze_figure(actor=None, code=code, period=period, engine=engine, purpose=purpose)
        told = figure_as_data(kept)
    if as_json:
        _print(told)
    else:
        typer.echo(
            f"已冻结，冻结号 {told['id']}：{_value(told['value'])} {told['unit']}，{told['row_count']:,} 行依据"
        )


@app.command("compare")
def compare(
    figure: Annotated[int, typer.Argument(metavar="冻结号", min=1, help="要重新计算的冻结值")],
    as_json: Json = False,
) -> None:
    """用现在的记录重新计算一个冻结值；有差异时退出码为 1，冻结的值不变。"""
    with _ready():
        from youju.foundation.metrics.describing import figure_as_data
        from youju.foundation.metrics.services import compare_frozen

        found = compare_frozen(actor=None, figure=figure)
        told = figure_as_data(found.figure)
    differences = [{"what": what, "frozen": before, "now": now} for what, before, now in found.told]
    if as_json:
        _print({"frozen": told, "same": found.same, "differences": differences})
    elif found.same:
        typer.echo(
            f"第 {figure} 号冻结值与现在一致：{_value(told['value'])} {told['unit']}，{told['row_count']:,} 行依据"
        )
    else:
        for each in differences:
            typer.echo(f"{each['what']}：冻结时 {each['frozen']}，现在 {each['now']}")
    if not found.same:
        raise typer.Exit(1)


@contextmanager
def _ready() -> Iterator[None]:
    from youju.foundation.database.ready import django_ready

    with django_ready(tell=_say, tables=True):
        from django.db import transaction

        with at_the_machine(), transaction.atomic():
            yield


def _tell(shown: Shown) -> None:
    from youju.foundation.metrics.web.telling import number, told

    metric = shown.metric
    typer.echo(f"{metric.label}（{metric.code}）　{shown.period.label}　{shown.answer.engine}")
    typer.echo(f"{number(shown.answer.value, metric.unit)} {metric.unit}")
    if shown.answer.result.reason:
        typer.echo(f"{shown.answer.result.reason}。")
    typer.echo(f"公式：{metric.combination.formula}")
    for part in shown.parts[:20]:
        typer.echo(f"  {part.label}　{told(part.value)}　{part.rows:,} 行")
    if shown.rows:
        typer.echo(f"依据行 {shown.row_count:,} 行，最大的 {len(shown.rows)} 行：")
    for row in shown.rows:
        typer.echo(
            f"  {row.link.text}　{metric.part_labels.get(row.part, row.part)}　{told(row.contribution)}"
        )


def _value(value: str | None) -> str:
    from youju.foundation.shell.figures import grouped

    return "无" if value is None else grouped(value)


def _print(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, default=str, indent=2).encode())


def _say(text: str) -> None:
    typer.echo(text, err=True)
