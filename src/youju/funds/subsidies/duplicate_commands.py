"""``youju subsidies duplicates``: compare all applications, list the hits that wait."""

from __future__ import annotations

import json
from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="只输出一个 JSON 值")]
Limit = Annotated[int, typer.Option("--limit", min=1, max=10_000, help="最多列多少条")]


def duplicates(as_json: AsJson = False, limit: Limit = 200) -> None:
    """比对全部补贴申请，列出等待判断的重复线索。有线索时退出码为 1。"""
    from youju.foundation.database.ready import django_ready

    with django_ready(tell=lambda words: typer.echo(words, err=True)):
        from youju.foundation.kernel.context import at_the_machine
        from youju.funds.subsidies.selectors.duplicates import waiting
        from youju.funds.subsidies.services.duplicates import look_through

        with at_the_machine():
            done = look_through()
            found = waiting(limit)
    if as_json:
        typer.echo(json.dumps({**done, "waiting": found}, ensure_ascii=False))
    else:
        typer.echo(f"比对了 {done['compared']} 份申请：线索 {done['hits']} 条，新发现 {done['new']} 条。")
        for each in found:
            typer.echo(
                f"{each['first']} {each['first_name']} ↔ {each['second']} {each['second_name']}　{each['weight']} 分"
            )
            for message in each["messages"]:
                typer.echo(f"  {message}")
    if found:
        raise typer.Exit(1)
