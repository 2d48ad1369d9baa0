"""``youju lake``: refresh the lake, check it against the database, say how it stands."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from youju.foundation.kernel.context import at_the_machine

app = typer.Typer(name="lake", help="数据湖：刷新、核对、状态。", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="在标准输出上给出一个 JSON。")]


@app.callback()
def lake() -> None:
    """数据湖：按试点和月份存放的历史数据，随时可以从数据库重建。"""


@app.command()
def refresh(
    full: Annotated[bool, typer.Option("--full", help="全部重建，不只写改动；清单损坏时也用它。")] = False,
    as_json: Json = False,
) -> None:
    """把上次刷新以来的改动写进数据湖；只重写有改动的月份。"""
    from youju.foundation.database.ready import django_ready

    with django_ready(tell=_say), at_the_machine(), _step() as tell:
        from youju.foundation.metrics.services.lake import refresh_lake

        done = refresh_lake(full=full, tell=tell)
    manifest, months = done.manifest, sum(map(len, done.months.values()))
    if as_json:
        answer = {
            "version": manifest.version,
            "rows": manifest.rows,
            "records": done.records,
            "whole": done.whole,
            "months": {table: list(each) for table, each in done.months.items()},
            "removed_files": done.removed,
        }
        typer.echo(json.dumps(answer, ensure_ascii=False))
    elif done.changed:
        how = "全部写入" if done.whole else f"写入 {done.records} 条有改动的记录"
        typer.echo(f"数据湖第 {manifest.version} 版：{how}，涉及 {months} 个月份，共 {manifest.rows} 行。")
    else:
        typer.echo(f"没有改动；数据湖仍是第 {manifest.version} 版，共 {manifest.rows} 行。")


@app.command()
def verify(as_json: Json = False) -> None:
    """逐个文件核对校验值，并按表和月份与数据库核对行数和合计（到分）；有差异时退出状态为 1。"""
    from youju.foundation.database.ready import django_ready

    with django_ready(tell=_say), at_the_machine(), _step() as tell:
        from youju.foundation.metrics.services.lake import verify_lake

        done = verify_lake(tell=tell)
    if as_json:
        answer = {
            "version": done.version,
            "files": done.files,
            "rows": done.rows,
            "pending": done.pending,
            "differences": [
                {"what": each.what, "table": each.table, "month": each.month, "sentence": each.sentence}
                for each in done.differences
            ],
            "notes": list(done.notes),
        }
        typer.echo(json.dumps(answer, ensure_ascii=False))
    else:
        for each in done.differences:
            typer.echo(each.sentence)
        for note in done.notes:
            typer.echo(note)
        waiting = f"；另有 {done.pending} 条记录在上次刷新后有改动，没有比较" if done.pending else ""
        typer.echo(
            f"数据湖第 {done.version} 版：{done.files} 个文件、{done.rows} 行，{len(done.differences)} 处差异{waiting}。"
        )
    if done.differences:
        raise typer.Exit(1)


@app.command()
def status(as_json: Json = False) -> None:
    """数据湖的版本、行数、落后多久、上次核对的结果。"""
    from youju.foundation.database.ready import django_ready

    with django_ready(tell=_say):
        from django.utils import timezone

        from youju.foundation.metrics.selectors.lake import standing

        found = standing()
        if as_json:
            typer.echo(json.dumps(found.as_json(), ensure_ascii=False))
            return
        typer.echo(f"位置：{found.folder}")
        if found.refreshed_at is None:
            typer.echo("还没有数据湖，请运行 youju lake refresh。")
            return
        at = timezone.localtime(found.refreshed_at)
        typer.echo(
            f"第 {found.version} 版，{found.rows} 行，数据截至 {at:%Y-%m-%d %H:%M:%S}，其后有 {found.waiting} 处改动。"
        )
        if found.verified_at is None:
            typer.echo("还没有核对过，请运行 youju lake verify。")
        else:
            checked = timezone.localtime(found.verified_at)
            typer.echo(f"{checked:%Y-%m-%d %H:%M} 核对，{len(found.differences)} 处差异。")


@contextmanager
def _step() -> Iterator[Callable[[str], None]]:
    """What is being done, on a terminal."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _step: None
        return
    with console.status("") as line:
        yield line.update


def _say(message: str) -> None:
    typer.echo(message, err=True)
