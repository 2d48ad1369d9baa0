"""``youju targets read | lint | write``: the published document on the command line, without a database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.progress import sign_of_life
from youju.foundation.kernel.usage import Verbs

if TYPE_CHECKING:
    from youju.rules.performance.targets.facts import TargetDocument

app = typer.Typer(
    cls=Verbs,
    no_args_is_help=True,
    help="公开的绩效目标文件：读取、检查、写成正式表式。",
    rich_markup_mode=None,
)

DocumentFile = Annotated[Path, typer.Argument(metavar="文件", help="txt、docx、xlsx、html 或带文字的 pdf")]
AnyFile = Annotated[Path, typer.Argument(metavar="文件", help="可读的文件，或 read --json 的输出")]
JsonFile = Annotated[Path, typer.Argument(metavar="文件.json", help="read --json 的输出")]
OutFile = Annotated[Path, typer.Argument(metavar="输出文件", help="以 .docx、.xlsx 或 .pdf 结尾")]
AsJson = Annotated[bool, typer.Option("--json", help="只输出一个 JSON 值")]


@app.command("read")
def read(file: DocumentFile, as_json: AsJson = False) -> None:
    """读取公开的绩效目标文件。读不了的，退出码为 2。"""
    from youju.performance.targets.imports import read_path

    with sign_of_life(f"正在读取 {file.name}"):
        document = read_path(file)
    if as_json:
        from youju.rules.performance.targets.codec import to_json

        _print_json(to_json(document))
    else:
        from youju.performance.targets.commands.summaries import print_document

        print_document(document)


@app.command("lint")
def lint(file: AnyFile, as_json: AsJson = False) -> None:
    """检查绩效目标。有“错误”一级的问题时退出码为 1，只有警告和提示时为 0，读不了的为 2。"""
    with sign_of_life(f"正在检查 {file.name}"):
        document = read_any(file)
        findings = _findings(document)
    if as_json:
        _print_json([finding.as_json() for finding in findings])
    else:
        from youju.performance.targets.commands.summaries import print_findings

        print_findings(document, findings)
    if any(finding.severity == "error" for finding in findings):
        raise typer.Exit(1)


@app.command("write")
def write(source: JsonFile, out: OutFile) -> None:
    """把 JSON 写成正式表式。要么写全，要么不写；写不了的，退出码为 2。"""
    from youju.performance.targets.documents import FORMATS, write_path

    if out.suffix.lower().removeprefix(".") not in FORMATS:
        raise InputError(
            "不认识的输出格式", where=out.name, how=f"请以 {'、'.join(f'.{name}' for name in FORMATS)} 结尾"
        )
    with sign_of_life(f"正在写出 {out.name}"):
        write_path(_read_json(source), out)
    typer.echo(f"已写出 {out}", err=True)


def _findings(document: TargetDocument) -> list[Any]:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from youju.foundation.policies import law_on
    from youju.rules.performance.targets.lint import lint as lint_document

    return lint_document(document, law_on(datetime.now(ZoneInfo("Asia/Shanghai")).date()))


def read_any(path: Path) -> TargetDocument:
    """A document, or the JSON that ``read`` printed: JSON begins with a brace and no document does."""
    from youju.foundation.documents.reading import file_bytes
    from youju.performance.targets.imports import read_document

    content = file_bytes(path)
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and not content.lstrip().startswith(b"{\\rtf"):
        return _from_json(content, path.name)
    return read_document(content, path.name)


def _read_json(path: Path) -> TargetDocument:
    from youju.foundation.documents.reading import file_bytes

    return _from_json(file_bytes(path), path.name)


def _from_json(content: bytes, name: str) -> TargetDocument:
    from youju.rules.performance.targets.codec import from_json

    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        place = f"（第 {error.lineno} 行）" if isinstance(error, json.JSONDecodeError) else ""
        raise InputError(
            f"不是可读的 JSON{place}", where=name, how="请用 youju targets read --json 的输出"
        ) from error
    try:
        return from_json(data)
    except ValueError as error:
        raise InputError(str(error), where=name, how="请按 youju targets read --json 的样子更正") from error


def _print_json(value: object) -> None:
    """Exactly one JSON value on standard output, in UTF-8 whatever the locale."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2).encode())
