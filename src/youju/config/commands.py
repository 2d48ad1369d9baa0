"""The verbs ``up``, ``worker``, ``doctor``, ``year``, and ``django`` for engineers. Django is imported by the verbs alone.

They stand in the topmost room because they start and look at every other room.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer()

PORT = 8000

# These change tables or read what only their owner may: they run as the owner role.
OWNER_VERBS = {"migrate", "makemigrations", "flush", "sqlmigrate", "showmigrations", "dbshell", "sqlflush"}
# These need no database at all.
OFFLINE_VERBS = {
    "help",
    "version",
    "collectstatic",
    "findstatic",
    "makemessages",
    "compilemessages",
    "startapp",
}


@app.command()
def up(
    port: Annotated[int, typer.Option(help="网页服务的端口；0 表示自动选一个空闲的。")] = PORT,
    host: Annotated[str, typer.Option(help="监听的地址；只在本机使用时不必改。")] = "127.0.0.1",
    demo: Annotated[
        bool, typer.Option("--demo", help="装入演示年度（只装一次；不能与正式数据同库）。")
    ] = False,
) -> None:
    """启动：数据库、数据表、网页服务、后台任务；Ctrl-C 停止全部。"""
    from youju.config.up import up as start

    start(host=host, port=port, demo=demo)


@app.command()
def worker() -> None:
    """只启动后台任务进程（网页服务在别处时用）；个数由 YOUJU_JOB_WORKERS 定；Ctrl-C 停止。"""
    from youju.config.worker import worker as start

    start()


@app.command()
def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="在标准输出上给出一个 JSON。")] = False,
) -> None:
    """检查运行环境，并说明怎样处理；有需处理的项目时退出状态为 1。"""
    from youju.config.doctor import all_checks
    from youju.foundation.kernel.checks import State

    checks = all_checks()
    if as_json:
        typer.echo(json.dumps([asdict(check) for check in checks], ensure_ascii=False, indent=1))
    else:
        for check in checks:
            how = f"；{check.mend}" if check.mend else ""
            typer.echo(f"{check.state}  {check.name}：{check.found}{how}")
    if any(check.state is State.MEND for check in checks):
        raise typer.Exit(1)


@app.command()
def year(
    year: Annotated[int, typer.Option("--year", min=2000, max=2099, metavar="年度", help="预算年度")],
    out: Annotated[Path, typer.Option("--out", metavar="文件夹", help="写到哪里；已有的同名文件会被覆盖")],
    by: Annotated[str, typer.Option("--by", metavar="账号", help="以谁的名义导出；示例年度可以不写")] = "",
    base: Annotated[str, typer.Option("--base", metavar="网址", help="公开网站将放在哪个网址下")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="在标准输出上给出一个 JSON。")] = False,
) -> None:
    """把一年的绩效写到一个文件夹：目标、完成值、1—7 月监控表、得分、文书、证据包、公开网站。"""
    from youju.performance.evaluation.commands.years import acting, at_work, tell_year

    with at_work():
        from youju.config.year import write_year

        done = write_year(actor=acting(by), year=year, folder=out, base=base, say=say)
    tell_year(done, out, as_json=as_json)


@app.command(
    "django", hidden=True, context_settings={"allow_extra_args": True, "ignore_unknown_options": True}
)
def django(ctx: typer.Context) -> None:
    """Django's own commands, e.g. ``youju django makemigrations``; the database runs while they do."""
    from youju.foundation.database.ready import django_ready

    verb = ctx.args[0] if ctx.args else "help"
    arguments = ["youju django", *ctx.args]
    if verb in OFFLINE_VERBS:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "youju.config.settings")
        _run_django(arguments, as_owner=False)
    else:
        with django_ready(tell=say, tables=False):
            _run_django(arguments, as_owner=verb in OWNER_VERBS)


def _run_django(arguments: list[str], *, as_owner: bool) -> None:
    from contextlib import nullcontext

    from django.core.management import execute_from_command_line

    from youju.foundation.database.addresses import Role
    from youju.foundation.database.roles import acting_as

    with acting_as(Role.OWNER) if as_owner else nullcontext():
        execute_from_command_line(arguments)


def say(message: str) -> None:
    """A sentence for the user on standard error."""
    typer.echo(message, err=True)
