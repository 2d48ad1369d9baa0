"""``youju payments bank-file | bank-return``: what the pages of the bank do, at the command line, in somebody's name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from youju.foundation.kernel.errors import InputError, reason_of
from youju.foundation.kernel.usage import Verbs

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

app = typer.Typer(
    cls=Verbs, no_args_is_help=True, help="付款：制作银行付款清单，读入银行回单。", rich_markup_mode=None
)
By = Annotated[str, typer.Option("--by", metavar="用户名", help="以谁的名义办理；须有送银行的权限。")]
AsJson = Annotated[bool, typer.Option("--json", help="只输出一个 JSON 值")]


@app.callback()
def payments() -> None:
    """付款。"""


@app.command("bank-file")
def bank_file(  # noqa: PLR0917 - each is an option of the command line
    by: By,
    numbers: Annotated[
        list[str] | None, typer.Argument(metavar="付款编号…", help="不写编号须用 --all。")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="全部待送银行的付款。")] = False,
    out: Annotated[
        Path, typer.Option("--out", metavar="文件夹", help="写到哪里；缺省为当前文件夹。")
    ] = Path(),
    format: Annotated[str, typer.Option("--format", help="csv 或 xlsx。")] = "csv",
    as_json: AsJson = False,
) -> None:
    """把已批准的付款做成一份银行付款清单并写成文件。一笔付款只送一次；文件写不成时，可在“送银行”页再下载同一份。"""
    if bool(numbers) is everything:
        raise InputError(
            "要么写付款编号，要么用 --all", how="例如 youju payments bank-file --all --by 用户名"
        )
    if format not in {"csv", "xlsx"}:
        raise InputError(f"没有 {format[:10]} 格式", where="--format", how="可选 csv、xlsx")
    if not out.is_dir():
        raise InputError("不是文件夹", where=str(out), how="请先建立文件夹")
    with _acting(by) as actor:
        from youju.funds.payments import selectors, services

        wanted = numbers or [row.number for row in selectors.to_send(actor=actor)]
        if not wanted:
            raise InputError("没有待送银行的付款", how="付款批准后再制作清单")
        row = services.make_bank_file(actor=actor, numbers=wanted)
        name, content = services.hand_out(actor=actor, number=row.number, format=format)
    path = out / name
    try:
        path.write_bytes(content)
    except OSError as error:
        raise InputError(
            f"清单 {row.number} 已制作，文件没有写成（{reason_of(error)}）", where=str(path),
            how=f"请在“送银行”页下载清单 {row.number}",
        ) from error  # fmt: skip
    if as_json:
        _print({"number": row.number, "count": row.count, "total": row.total, "file": str(path)})
    else:
        typer.echo(f"清单 {row.number}：{row.count} 笔，合计 {row.total:,.2f} 元，已写入 {path}。")


@app.command("bank-return")
def bank_return(
    file: Annotated[Path, typer.Argument(metavar="回单文件", help="从网上银行导出的付款结果，xlsx 或 CSV。")],
    by: By,
    as_json: AsJson = False,
) -> None:
    """读入银行回单并入账。同一份读几次都只入账一次；中断以后再读同一份，从断的地方接着入账。有疑问的行退出码为 1。"""
    from youju.foundation.kernel.progress import sign_of_life

    try:
        content = file.read_bytes()
    except OSError as error:
        raise InputError("打不开", where=str(file), how="请核对路径") from error
    with _acting(by) as actor:
        from youju.funds.payments import services

        with sign_of_life("正在入账") as life:
            row, again = services.read_in_parts(actor=actor, name=file.name, content=content, say=life)
    if as_json:
        told = {"rows": row.rows, "applied": row.applied, "known": row.known, "odd": row.odd, "again": again}
        _print(told | {"number": row.pk})
    elif again:
        typer.echo("这份回单以前读过，没有再入账。")
    else:
        typer.echo(f"读入 {row.rows} 行：入账 {row.applied}，重复 {row.known}，有疑问 {row.odd}。")
    if row.odd and not again:
        raise typer.Exit(1)


@contextmanager
def _acting(by: str) -> Iterator[User]:
    """Within the block the database is there, and the named person acts, from the command line."""
    import uuid

    from django.core.exceptions import PermissionDenied

    from youju.foundation.database.ready import django_ready

    with django_ready(tell=_say):
        from youju.foundation.identity.selectors import user_named
        from youju.foundation.identity.web.naming import who
        from youju.foundation.kernel.context import acting

        user = user_named(by.replace("\0", ""))
        if user is None:
            raise InputError(
                f"没有用户“{by[:40]}”，或已停用", where="--by", how="用 youju users list 查用户名"
            )
        with acting(**who(user), channel="command", request_id=uuid.uuid4().hex):
            try:
                yield user
            except PermissionDenied as error:
                raise InputError(
                    str(error).rstrip("。") or f"{by} 没有办理的权限", where="--by", how="请由有权限的人办理"
                ) from error


def _print(value: dict[str, Any]) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, default=str).encode())


def _say(text: str) -> None:
    typer.echo(text, err=True)
