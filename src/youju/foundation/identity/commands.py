"""``youju users``: the first account of an empty installation, and a way back in when nobody can log in."""

from __future__ import annotations

from typing import Annotated

import typer

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
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "youju.config.settings")
    import django

    django.setup()
    from youju.foundation.identity.services import create_first_admin

    change = create_first_admin(
        username=username,
        display_name=name,
        organisation_name=organisation,
        organisation_code=organisation_code,
    )
    typer.echo(f"已建立系统管理员 {change.subject.username}（{change.subject.display_name}）。", err=True)
    typer.echo("初始密码只显示这一次，首次登录时须修改：", err=True)
    typer.echo(change.secret)
