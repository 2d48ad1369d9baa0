"""``youju users``: the first account of an empty installation."""

from __future__ import annotations

from typing import Annotated

import typer

from youju.foundation.kernel.errors import InputError

app = typer.Typer(name="users", help="账号：建立第一个系统管理员。", no_args_is_help=True)


@app.callback()
def users() -> None:
    """账号。"""


@app.command("create-admin")
def create_admin(
    username: Annotated[str, typer.Option(prompt="用户名", help="登录时输入的名字，小写字母和数字。")],
    name: Annotated[str, typer.Option(prompt="姓名", help="页面上显示的姓名。")],
    organisation: Annotated[str, typer.Option(prompt="单位名称", help="中心的全称。")],
    organisation_code: Annotated[str, typer.Option(help="中心的简码，大写字母和数字。")] = "CENTRE",
) -> None:
    """建立第一个系统管理员，初始密码只显示这一次。"""
    from youju.foundation.database.ready import django_ready

    with django_ready(tell=_say):
        from django.db import ProgrammingError

        from youju.foundation.identity.services import create_first_admin

        try:
            change = create_first_admin(
                username=username,
                display_name=name,
                organisation_name=organisation,
                organisation_code=organisation_code.strip().upper(),
            )
        except ProgrammingError as error:
            raise InputError("数据库里还没有建表", how="请先运行一次 youju up，再建立系统管理员") from error
        _say(f"已建立系统管理员 {change.subject.username}（{change.subject.display_name}）。")
    _say("初始密码只显示这一次，首次登录时须修改：")
    typer.echo(change.secret)


def _say(message: str) -> None:
    typer.echo(message, err=True)


@app.command("rotate-keys")
def rotate_keys() -> None:
    """换加密密钥：先把新密钥写在 YOUJU_FIELD_KEY 的最前面（旧的留在后面），再运行本命令，完成后去掉旧的。"""
    from youju.foundation.database.ready import django_ready
    from youju.foundation.kernel.context import acting

    with django_ready(tell=_say), acting(channel="command"):
        from youju.foundation.identity.services import reseal_fields

        _say(f"已用新密钥重新加密 {reseal_fields()} 个字段；现在可以去掉旧密钥。")
