"""``youju disclosure export``: the public site as static files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from youju.foundation.kernel.usage import Verbs

app = typer.Typer(cls=Verbs, no_args_is_help=True, help="绩效公开：导出公开网站。", rich_markup_mode=None)
Folder = Annotated[Path, typer.Argument(metavar="目录", help="空目录，或上次导出的目录")]
Base = Annotated[str, typer.Option("--base", metavar="网址", help="网站将放在哪个网址下，写进 sitemap.xml")]
AsJson = Annotated[bool, typer.Option("--json", help="只输出一个 JSON 值")]


@app.callback()
def disclosure() -> None:
    """绩效公开：导出公开网站。"""


@app.command("export")
def export(folder: Folder, base: Base = "", as_json: AsJson = False) -> None:
    """把已公开的内容导出成静态网页和数据文件，不用服务器也能打开。"""
    from youju.foundation.database.ready import django_ready
    from youju.foundation.kernel.context import at_the_machine

    with django_ready(tell=_say, tables=True), at_the_machine():
        from youju.performance.disclosure.services import export_folder

        paths = export_folder(folder=folder, base=base)
    if as_json:
        typer.echo(json.dumps({"folder": str(folder), "files": paths}, ensure_ascii=False).encode())
    else:
        typer.echo(f"已导出 {len(paths)} 个文件到 {folder}，从 index.html 打开。")


def _say(sentence: str) -> None:
    typer.echo(sentence, err=True)
