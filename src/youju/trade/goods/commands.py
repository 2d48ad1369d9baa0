"""``youju decisions replay``: stored decisions of recognition made again and compared."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from youju.foundation.kernel.context import at_the_machine
from youju.foundation.kernel.errors import InputError

if TYPE_CHECKING:
    from youju.trade.goods.services import Difference, Replay

app = typer.Typer(name="decisions", help="商品认定的结论：重算核对。", no_args_is_help=True)

SHOWN = 1_000
"""Differences that the JSON lists; all are counted."""
Json = Annotated[bool, typer.Option("--json", help="在标准输出上给出一个 JSON。")]


@app.callback()
def decisions() -> None:
    """商品认定的结论。"""


@app.command()
def replay(
    limit: Annotated[int | None, typer.Option(min=1, help="至多重算多少条；缺省为全部。")] = None,
    since: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="只算依据之日在这一天及以后的。")
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="政策文件与当时不同也算不一致，即使结论相同。")
    ] = False,
    as_json: Json = False,
) -> None:
    """用存下的事实和当日的法规重算每条认定，与存下的结论比较；有不一致时退出状态为 1。"""
    from youju.foundation.database.ready import django_ready

    first = _day(since)
    with django_ready(tell=_say):
        from youju.trade.goods.services import replay as run

        with at_the_machine():
            state, found = run(limit=limit, since=first, told=_told)
            listed: list[dict[str, Any]] = []
            for each in found:
                if as_json and len(listed) < SHOWN:
                    listed.append(each.as_json())
                elif not as_json:
                    typer.echo(_line(each))
    _say(_summary(state))
    if as_json:
        answer = {
            "decisions": state.decisions,
            "same": state.same,
            "law_changed": state.law_changed,
            "policy_hash": state.policy_hash,
            "kinds": dict(state.kinds),
            "differences": listed,
            "left_off": state.differences - len(listed),
        }
        typer.echo(json.dumps(answer, ensure_ascii=False).encode())
    if state.differences or (strict and state.law_changed):
        raise typer.Exit(1)


def _line(each: Difference) -> str:
    from youju.trade.goods.services.replaying import KINDS

    return (
        f"认定 {each.decision}（商品 {each.good}，依据 {each.as_of.isoformat()}）：{KINDS[each.kind]}；"
        f"当时“{each.stored}”，现在“{each.now}”"
    )


def _summary(state: Replay) -> str:
    law = (
        f"；其中 {state.law_changed} 条是在另一套政策文件下作出的，已按现在所知的当日法规比较"
        if state.law_changed
        else ""
    )
    return f"重算 {state.decisions} 条认定，{state.same} 条一致，{state.differences} 条不一致{law}。"


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"“{text}”不是日期", where="--since", how="请写成 2023-06-01 这样") from error


def _told(done: int) -> None:
    if done % 10_000 == 0:
        _say(f"已重算 {done} 条……")


def _say(message: str) -> None:
    typer.echo(message, err=True)
