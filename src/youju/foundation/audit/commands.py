"""``youju audit``: verify, export, check, publish. ``check`` needs no database and starts no framework."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from youju.foundation.kernel.context import at_the_machine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from youju.foundation.audit.checking import Finding

app = typer.Typer(name="audit", help="审计记录：核对、导出、公布审计根。", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="在标准输出上给出一个 JSON。")]


@app.callback()
def audit() -> None:
    """审计记录。"""


@app.command()
def verify(as_json: Json = False) -> None:
    """核对数据库里的全部审计记录、见证文件和已公布的审计根；有问题时退出状态为 1。"""
    from youju.foundation.database.ready import django_ready

    with django_ready(tell=_say):
        from youju.foundation.audit.services import verify_trail

        with at_the_machine(), _bar("核对审计记录") as progress:
            result = verify_trail(progress)
    if result.entries and not (result.witnessed or result.roots):
        _say(
            "注意：没有见证文件，也没有已公布的审计根，只核对了数据库自身；var/audit 若曾丢失，请从副本恢复后再核对。"
        )
    answer = {
        "intact": result.intact,
        "segments": result.segments,
        "entries": result.entries,
        "witnessed": result.witnessed,
        "roots": result.roots,
        "faults": result.faults,
    }
    _answer(answer, result.findings, as_json)


@app.command()
def export(
    out: Annotated[Path, typer.Argument(metavar="文件", help="写到哪里，例如 审计.jsonl 或 审计.jsonl.gz")],
    as_json: Json = False,
) -> None:
    """把全部审计记录写成一个可以单独核对的文件。"""
    from youju.foundation.database.ready import django_ready

    with django_ready(tell=_say):
        from youju.foundation.audit.services import export_trail

        with at_the_machine(), _bar("导出审计记录") as progress:
            manifest = export_trail(out, progress)
    if as_json:
        typer.echo(json.dumps({"file": str(out), **manifest}, ensure_ascii=False))
    else:
        typer.echo(
            f"已导出 {manifest['entries']} 条（{manifest['segments']} 段）到 {out}，校验值 {manifest['sha256']}"
        )


@app.command()
def check(
    file: Annotated[Path, typer.Argument(metavar="文件", help="youju audit export 写出的文件")],
    as_json: Json = False,
) -> None:
    """单独核对一个导出文件，不需要数据库；有问题时退出状态为 1。"""
    from youju.foundation.audit.packs import check_pack

    with _bar("核对导出文件") as progress:
        result, manifest = check_pack(file, progress)
    answer = {
        "intact": result.intact,
        "segments": result.segments,
        "entries": result.entries,
        "roots": manifest.get("roots", 0),
        "faults": result.faults,
    }
    _answer(answer, result.findings, as_json)


@app.command()
def publish(as_json: Json = False) -> None:
    """公布今天的审计根（已公布过就不再写）；把这个文件的副本交给别人保管。"""
    from youju.foundation.database.ready import django_ready

    with django_ready(tell=_say):
        from youju.foundation.audit.services import publish_root

        with at_the_machine():
            answer = publish_root()
    if as_json:
        typer.echo(json.dumps(answer, ensure_ascii=False))
    else:
        typer.echo(
            f"{'已公布' if answer['new'] else '今天已公布过'}：{answer['file']}，校验值 {answer['root']}"
        )


def _answer(answer: dict[str, Any], findings: Sequence[Finding], as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(answer | {"findings": [asdict(each) for each in findings]}, ensure_ascii=False))
    else:
        for each in findings:
            typer.echo(each.sentence)
        if answer["faults"] > len(findings):
            typer.echo(f"还有 {answer['faults'] - len(findings)} 处问题没有逐条列出")
        state = "完好" if answer["intact"] else f"有 {answer['faults']} 处问题"
        typer.echo(f"共 {answer['segments']} 段 {answer['entries']} 条：{state}。")
    if not answer["intact"]:
        raise typer.Exit(1)


@contextmanager
def _bar(title: str) -> Iterator[Callable[[int, int], None]]:
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bars:
        task = bars.add_task(title, total=None)
        yield lambda done, total: bars.update(task, completed=done, total=total)


def _say(message: str) -> None:
    typer.echo(message, err=True)
