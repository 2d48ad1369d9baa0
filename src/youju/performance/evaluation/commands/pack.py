"""``youju evaluation verify``: a pack checked by its content alone; imports neither the framework nor the database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from youju.foundation.kernel.progress import sign_of_life

if TYPE_CHECKING:
    from youju.performance.evaluation.packs.verifying import Verified

PackFile = Annotated[Path, typer.Argument(metavar="证据包.zip", help="youju 生成的绩效评价证据包")]
Expected = Annotated[
    str, typer.Option("--manifest", metavar="校验值", help="另外得到的目录校验值（sha256），不同即为改动")
]
AsJson = Annotated[bool, typer.Option("--json", help="只输出一个 JSON 值")]


def verify_pack(file: PackFile, manifest: Expected = "", as_json: AsJson = False) -> None:
    """脱离系统核对一个证据包：文件校验值、由业务记录复算的值、得分、文书里的数字。有出入的，退出码为 1。"""
    from youju.performance.evaluation.packs.verifying import verify

    with sign_of_life(f"正在核对 {file.name}"):
        found = verify(file, expected=manifest)
    if as_json:
        typer.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=2).encode())
    else:
        _tell(found)
    if not found.sound:
        raise typer.Exit(1)


def _tell(found: Verified) -> None:
    counts = found.counts
    for each in found.tampered:
        typer.echo(f"被改动：{each}")
    for odd in found.differences:
        typer.echo(f"不一致：{odd.where}　{odd.what}：包里写 {odd.stated}，复算是 {odd.found}")
    for note in found.notes:
        typer.echo(f"提示：{note}")
    told = f"核对了 {counts['files']} 个文件、{counts['measures']} 个计量、{counts['projects']} 个项目"
    typer.echo(f"{told}；{'全部一致' if found.sound else '有出入'}。")
    typer.echo(f"目录校验值（sha256）：{found.manifest_sha256}")
