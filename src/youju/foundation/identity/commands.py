"""``youju users``: the first account of an empty installation, and help where nobody can log in any more."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from youju.foundation.kernel.context import at_the_machine
from youju.foundation.kernel.errors import InputError

if TYPE_CHECKING:
    from youju.foundation.identity.selectors import AccountLine
    from youju.foundation.identity.services import Change

app = typer.Typer(name="users", help="账号：建立第一个系统管理员，查看、停用、重置。", no_args_is_help=True)

Username = Annotated[str, typer.Argument(metavar="用户名", help="登录时输入的名字。")]
Reason = Annotated[str, typer.Option("--reason", help="理由，记入审计记录。")]


@app.callback()
def users() -> None:
    """账号。"""


@app.command("create-admin")
def create_admin(
    username: Annotated[str | None, typer.Option(help="登录时输入的名字，小写字母和数字。")] = None,
    name: Annotated[str | None, typer.Option(help="页面上显示的姓名。")] = None,
    organisation: Annotated[str | None, typer.Option(help="中心的全称。")] = None,
    organisation_code: Annotated[str, typer.Option(help="中心的简码，大写字母和数字。")] = "CENTRE",
) -> None:
    """建立第一个系统管理员，初始密码只显示这一次；没有写明的会逐项询问。"""
    username = _asked(username, "用户名", "--username")
    name = _asked(name, "姓名", "--name")
    organisation = _asked(organisation, "单位名称", "--organisation")
    with _at_the_machine():
        from youju.foundation.identity.services import create_first_admin

        change = create_first_admin(
            username=username,
            display_name=name,
            organisation_name=organisation,
            organisation_code=organisation_code.strip().upper(),
        )
        _say(f"已建立系统管理员 {_shown(change)}。")
    _hand_over(change)


@app.command("list")
def list_users(
    text: Annotated[str, typer.Option(help="用户名、姓名或单位名称的一部分。")] = "",
    role: Annotated[str, typer.Option(help="角色代码，例如 ADM。")] = "",
    state: Annotated[str, typer.Option(help="open 可以登录，closed 已停用，initial 未改初始密码。")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="在标准输出上给出一个 JSON。")] = False,
) -> None:
    """列出账号：用户名、姓名、单位、角色、状态、两步验证、最近登录。"""
    with _at_the_machine():
        from youju.foundation.identity.services import list_accounts

        lines = list_accounts(text=text, role=role, state=state)
        if as_json:
            told = [asdict(line) | {"last_login": _moment(line)} for line in lines]
            typer.echo(json.dumps(told, ensure_ascii=False))
        elif lines:
            _table(lines)
        else:
            _say(
                "没有符合条件的账号。"
                if text or role or state
                else "还没有账号；请运行 youju users create-admin。"
            )


@app.command()
def disable(username: Username, reason: Reason = "") -> None:
    """停用一个账号，并结束它的全部登录；最后一位系统管理员不能停用。"""
    _open(username, reason, is_active=False)


@app.command()
def enable(username: Username, reason: Reason = "") -> None:
    """重新启用一个账号。"""
    _open(username, reason, is_active=True)


@app.command("reset-password")
def reset_password(username: Username, reason: Reason = "") -> None:
    """给一个账号新的初始密码（只显示这一次），解除锁定，并结束它的全部登录。"""
    with _at_the_machine():
        from youju.foundation.identity.services import renew_lost_password

        change = renew_lost_password(username=username, reason=reason)
        _say(f"已重置 {_shown(change)} 的密码。")
        if not change.subject.is_active:
            _say("这个账号是停用的；要登录，还须运行 youju users enable。")
    _hand_over(change)


@app.command("reset-second-factor")
def reset_second_factor(
    username: Username,
    reason: Annotated[str | None, typer.Option("--reason", help="理由（必填），记入审计记录。")] = None,
) -> None:
    """取消一个账号的两步验证（手机遗失时用），并结束它的全部登录；须写明理由。"""
    reason = _asked(reason, "理由（例如：手机遗失，已当面核对身份）", "--reason")
    with _at_the_machine():
        from youju.foundation.identity.services import forget_lost_factor

        user = forget_lost_factor(username=username, reason=reason)
        _say(f"已取消 {user.username}（{user.display_name}）的两步验证；角色要求的，下次登录时须重新设置。")


@app.command("rotate-keys")
def rotate_keys() -> None:
    """换加密密钥：先把新密钥写在 YOUJU_FIELD_KEY 的最前面（旧的留在后面），再运行本命令，完成后去掉旧的。"""
    with _at_the_machine():
        from youju.foundation.identity.services import reseal_fields

        _say(f"已用新密钥重新加密 {reseal_fields()} 个字段；现在可以去掉旧密钥。")


def _open(username: str, reason: str, *, is_active: bool) -> None:
    with _at_the_machine():
        from youju.foundation.identity.services import open_account

        change = open_account(username=username, is_active=is_active, reason=reason)
        word = "可以登录" if is_active else "停用"
        if change is None:
            _say(f"账号 {username} 本来就是{word}的，没有改动。")
        else:
            _say(f"已{'启用' if is_active else '停用'}账号 {_shown(change)}。")


def _asked(value: str | None, question: str, option: str) -> str:
    """What was typed with the command, else the answer to a question.

    Raises:
        InputError: there is nobody to ask.
    """
    while value is None:
        # Typer's own question leaves a space on standard output, where the password alone shall stand.
        typer.echo(f"{question}：", nl=False, err=True)
        line = sys.stdin.readline()
        if not line:
            _say("")
            raise InputError(f"缺少 {option}", how="请在命令里写明；写法见 youju users --help")
        value = line.strip() or None
    return value


@contextmanager
def _at_the_machine() -> Iterator[None]:
    """The database answers, and the machine's account acts."""
    from youju.foundation.database.ready import django_ready

    with django_ready(tell=_say), at_the_machine():
        yield


def _hand_over(change: Change) -> None:
    _say("初始密码只显示这一次，首次登录时须修改：")
    typer.echo(change.secret)


def _shown(change: Change) -> str:
    return f"{change.subject.username}（{change.subject.display_name}）"


def _moment(line: AccountLine) -> str | None:
    from django.utils import timezone

    return timezone.localtime(line.last_login).isoformat(timespec="seconds") if line.last_login else None


def _table(lines: Sequence[AccountLine]) -> None:
    """One account a line, columns aligned; a pipe gets whole lines, however long."""
    from rich.cells import cell_len

    head: tuple[str, ...] = ("用户名", "姓名", "单位", "角色", "状态", "两步验证", "最近登录")
    rows: list[tuple[str, ...]] = [
        (
            line.username,
            line.display_name,
            line.organisation,
            " ".join(line.roles),
            line.state_label,
            "已启用" if line.second_factor else "未启用",
            (_moment(line) or "从未")[:16].replace("T", " "),
        )
        for line in lines
    ]
    # A name may hold what a terminal would take for an order.
    rows = [
        tuple("".join(sign if sign.isprintable() else "?" for sign in cell) for cell in row) for row in rows
    ]
    widths = [max(map(cell_len, column)) for column in zip(head, *rows, strict=True)]
    for row in (head, *rows):
        padded = (cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True))
        typer.echo("  ".join(padded).rstrip())


def _say(message: str) -> None:
    typer.echo(message, err=True)
