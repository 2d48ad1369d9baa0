"""``youju evaluation show`` and ``youju evaluation year``: a year read, and written out from targets to documents."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from youju.foundation.kernel.errors import InputError

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

Year = Annotated[int, typer.Option("--year", min=2000, max=2099, metavar="年度", help="预算年度")]
Out = Annotated[Path, typer.Option("--out", metavar="文件夹", help="写到哪里；已有的同名文件会被覆盖")]
By = Annotated[str, typer.Option("--by", metavar="账号", help="以谁的名义导出；示例年度可以不写")]
AsJson = Annotated[bool, typer.Option("--json", help="只输出一个 JSON 值")]


def show_year(year: Year, as_json: AsJson = False) -> None:
    """一年的自评、部门整体和结果：状态、得分、等级、后果。"""
    with at_work():
        from youju.performance.evaluation.summing_up import year_as_data

        told = year_as_data(year)
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2).encode())
        return
    if not told["projects"]:
        typer.echo(f"{year} 年还没有自评。")
    for each in told["projects"]:
        points = each["recheck_total"] or each["total"] or "—"
        typer.echo(
            f"{each['project_code']}　{each['state_label']}　{points}　{each['grade'] or '—'}　{each['project_name']}"
        )
    if told["department"]:
        typer.echo(f"部门整体　{told['department']['total']}　{told['department']['grade']}")


def write_year(year: Year, out: Out, by: By = "", as_json: AsJson = False) -> None:
    """把一年从头到尾写出来：目标、完成值、1—7 月监控（装有监控模块时）、得分、文书、证据包。"""
    with at_work():
        from youju.performance.evaluation.services.whole_year import write_whole_year

        done = write_whole_year(actor=acting(by), year=year, folder=out, say=_say)
    tell_year(done, out, as_json=as_json)


def tell_year(done: dict[str, Any], out: Path, *, as_json: bool) -> None:
    """Say what was written of a year, step by step or as JSON."""
    if as_json:
        typer.echo(json.dumps(done, ensure_ascii=False, indent=2).encode())
        return
    for each in done["steps"]:
        typer.echo(f"{each['step']}：{each['told']}")
    typer.echo(f"已写到 {out}。")


def acting(by: str) -> User:
    """In whose name a command works: the account named, else the demo's performance officer.

    Raises:
        InputError: there is no such account, or none was named.
    """
    from youju.foundation.identity import demo as people
    from youju.foundation.identity.selectors import user_named

    user = user_named(by.replace("\0", "")) if by else people.find("PFO")
    if user is None:
        raise InputError(
            f"没有账号“{by}”" if by else "没有写以谁的名义", where="--by", how="请写一个有导出权限的账号"
        )
    return user


def _say(text: str) -> None:
    typer.echo(text, err=True)


@contextmanager
def at_work() -> Iterator[None]:
    """The database running, as the machine's own command line, in one transaction."""
    from youju.foundation.database.ready import django_ready

    with django_ready(tell=_say, tables=True):
        from django.db import transaction

        from youju.foundation.kernel.context import at_the_machine

        with at_the_machine(), transaction.atomic():
            yield
