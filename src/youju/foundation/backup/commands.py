"""``youju backup`` and ``youju restore``."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from youju.foundation.kernel.context import at_the_machine
from youju.foundation.kernel.usage import Verbs

app = typer.Typer(cls=Verbs)

Json = Annotated[bool, typer.Option("--json", help="在标准输出上给出一个 JSON。")]
_MEGABYTE = 1_000_000


@app.command()
def backup(
    out: Annotated[Path, typer.Argument(metavar="文件", help="写到哪里，例如 备份-20230504.tar；从不覆盖")],
    rehearse: Annotated[
        bool, typer.Option("--rehearse", help="写完后在旁边的数据库里真正恢复一次，核对后删去。")
    ] = False,
    with_secrets: Annotated[
        Path | None,
        typer.Option("--with-secrets", metavar="文件", help="另把密钥写进这个文件；请与备份分开保管。"),
    ] = None,
    as_json: Json = False,
) -> None:
    """把数据库、文件和审计见证写成一个备份文件，写完读回核对；系统可以照常使用。"""
    from youju.foundation.backup.taking import take
    from youju.foundation.database.ready import django_ready

    with django_ready(tell=_say), at_the_machine(), _bars() as progress:
        done = take(out, rehearse=rehearse, secrets=with_secrets, progress=progress)
    if done.secrets:
        _say(f"密钥另写在 {done.secrets}；请与备份分开保管，两者在一起就能读出全部数据。")
    else:
        _say("备份里没有密钥：在新机器上恢复后，两步验证须重新登记；要一并带走，请用 --with-secrets。")
    if as_json:
        typer.echo(json.dumps(done.as_json(), ensure_ascii=False))
        return
    tried = "，并试恢复过一次" if done.rehearsed else ""
    typer.echo(
        f"已备份到 {done.file}：{done.tables} 张表 {done.rows} 行、{done.files} 个文件，"
        f"{done.size / _MEGABYTE:.1f} MB，已读回核对{tried}。清单校验值 {done.manifest_sha256}"
    )


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="文件", help="youju backup 写出的文件")],
    secrets: Annotated[
        Path | None,
        typer.Option("--secrets", metavar="文件", help="youju backup --with-secrets 写出的密钥文件。"),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="只检查备份文件是否完好，不恢复；不需要数据库。")
    ] = False,
    as_json: Json = False,
) -> None:
    """从备份恢复：先检查，在旁边恢复并核对，再一次切换；原来的数据留在一边。系统须先停下。"""
    if check:
        _check(file, as_json)
        return
    from youju.foundation.backup.restoring import restore as bring_back

    with at_the_machine(), _bars() as progress:
        done = bring_back(file, secrets=secrets, progress=progress, tell=_say)
    if done.old_database:
        _say(f"原来的数据库改名为 {done.old_database}，原来的审计见证在 {done.old_audit or '（没有）'}。")
        _say("确认恢复无误后，可用 youju restore-clean --yes 删去它们。")
    if as_json:
        typer.echo(json.dumps(done.as_json(), ensure_ascii=False))
        return
    typer.echo(
        f"已恢复到 {done.taken_at} 的状态：{done.tables} 张表 {done.rows} 行、{done.files} 个文件、"
        f"{done.audit_entries} 条审计记录，均已核对。现在可以运行 youju up。"
    )


@app.command("restore-clean")
def restore_clean(
    yes: Annotated[bool, typer.Option("--yes", help="真的删去；不写时只列出。")] = False,
    as_json: Json = False,
) -> None:
    """列出（或用 --yes 删去）恢复时留在一边的旧数据库和旧审计见证。"""
    from youju.foundation.backup.aside import clean, kept_aside
    from youju.foundation.database.ready import django_ready

    with django_ready(tell=_say), at_the_machine():
        found = clean() if yes else kept_aside()
    if as_json:
        typer.echo(
            json.dumps({"removed": yes, "databases": found[0], "folders": found[1]}, ensure_ascii=False)
        )
        return
    names = [*found[0], *found[1]]
    if not names:
        typer.echo("没有留在一边的旧数据。")
    for name in names:
        typer.echo(f"{'已删去' if yes else '留在一边'}：{name}")


def _check(file: Path, as_json: bool) -> None:
    from youju.foundation.backup.archive import open_archive

    with _bars() as progress:
        archive = open_archive(file, progress)
    tables = archive.manifest["database"]["tables"]
    files = sum(1 for each in archive.members if each.name.startswith("files/"))
    found: dict[str, Any] = {
        "file": str(file),
        "taken_at": archive.manifest["taken_at"],
        "product": archive.manifest.get("product", ""),
        "tables": len(tables),
        "rows": sum(tables.values()),
        "files": files,
        "manifest_sha256": archive.sha256,
    }
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
    else:
        typer.echo(
            f"备份完好：{found['taken_at']} 的状态，{found['tables']} 张表 {found['rows']} 行、{files} 个文件。"
        )


@contextmanager
def _bars() -> Iterator[Callable[[str, int, int], None]]:
    """A bar for each step, on a terminal."""
    from rich.console import Console
    from rich.progress import Progress, TaskID

    console = Console(stderr=True)
    tasks: dict[str, TaskID] = {}
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bars:

        def show(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(step, total=total)
            bars.update(tasks[step], completed=done, total=total)

        yield show


def _say(message: str) -> None:
    typer.echo(message, err=True)
