"""``youju files``: check every kept file, remove those that nobody refers to."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

app = typer.Typer(name="files", help="保存的文件：核对、清理。", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="在标准输出上给出一个 JSON。")]


@app.callback()
def files() -> None:
    """保存的文件。"""


@app.command()
def check(as_json: Json = False) -> None:
    """重新读一遍每个文件并核对校验值；有缺失或损坏时退出状态为 1。"""
    from youju.foundation.database.ready import django_ready
    from youju.foundation.kernel.progress import sign_of_life

    with django_ready(tell=_say), sign_of_life("核对文件"):
        from youju.foundation.files.caring import check_store

        count, faults = check_store()
    if as_json:
        typer.echo(
            json.dumps({"files": count, "faults": [asdict(each) for each in faults]}, ensure_ascii=False)
        )
    else:
        for each in faults:
            typer.echo(each.sentence)
        typer.echo(f"共 {count} 个文件，{len(faults)} 处问题。")
    if any(each.what != "unknown" for each in faults):
        raise typer.Exit(1)


@app.command()
def collect(as_json: Json = False) -> None:
    """清理过了保留时间、没有人引用的文件。"""
    from youju.foundation.database.ready import django_ready

    with django_ready(tell=_say):
        from youju.foundation.files.caring import collect_orphans
        from youju.foundation.kernel.context import acting

        with acting(channel="command"):
            found = collect_orphans()
    if as_json:
        typer.echo(json.dumps(found))
    else:
        typer.echo(
            f"清理了 {found['contents']} 份内容、{found['files']} 个没有登记的文件、{found['uploads']} 个没传完的文件。"
        )


def _say(message: str) -> None:
    typer.echo(message, err=True)
