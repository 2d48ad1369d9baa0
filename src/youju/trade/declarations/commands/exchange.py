"""``youju declarations exchange`` and ``window``: a round of the exchange by hand, how it stands, the simulated Single Window."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from youju.foundation.kernel.context import at_the_machine
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.usage import Verbs

app = typer.Typer(
    cls=Verbs, no_args_is_help=True, help="与单一窗口交换报文：收发一轮，看进展。", rich_markup_mode=None
)
Json = Annotated[bool, typer.Option("--json", help="只输出一个 JSON 值")]


@app.callback()
def exchange() -> None:
    """与单一窗口交换报文。"""


@app.command("run")
def run(as_json: Json = False) -> None:
    """收发一轮：读取回执，再发没有回执的，发出待发的。后台任务每分钟也这样做一次。"""
    from youju.foundation.database.ready import django_ready

    with django_ready(tell=_say):
        from youju.trade.declarations.exchange import exchange as through
        from youju.trade.declarations.services import exchange_round

        with at_the_machine():
            done = exchange_round(through())
    read = done.replies
    _say(
        f"发出 {done.put} 份；读取回执 {read['read']} 份，重复 {read['repeated']} 份，等前面的 {read['kept']} 份，"
        f"不符 {read['refused']} 份，无法读取 {read['poison']} 份；"
        f"再发 {done.asked['again']} 份，询问 {done.asked['queries']} 票，转为待办 {done.asked['todo']} 票。"
    )
    if as_json:
        _json(done.as_json())


@app.command("status")
def status(as_json: Json = False) -> None:
    """各状态有多少报文和回执；有异常回执或没有回执的，退出状态为 1。"""
    from youju.foundation.database.ready import django_ready

    with django_ready(tell=_say):
        from youju.trade.declarations.exchange import exchange_folder
        from youju.trade.declarations.selectors.exchange import counts

        with at_the_machine():
            board = counts()
        folder = exchange_folder()
    told = {
        **asdict(board),
        "oldest": board.oldest.isoformat() if board.oldest else None,
        "folder": str(folder),
    }
    if as_json:
        _json(told)
    else:
        typer.echo(
            f"文件夹 {folder}\n待发送 {board.waiting}　等回执 {board.sent}　没有回执 {board.unanswered}　"
            f"等前面的回执 {board.kept}　异常回执 {board.refused}"
        )
    if board.unanswered or board.refused:
        raise typer.Exit(1)


def window(  # noqa: PLR0917 - options of a command
    folder: Annotated[Path, typer.Option("--folder", metavar="文件夹", help="交换文件夹，里面有 out 和 in")],
    delay: Annotated[int, typer.Option(min=0, max=100, help="两份回执之间至多隔几步")] = 1,
    repeat: Annotated[float, typer.Option(min=0.0, max=1.0, help="重复的比例")] = 0.0,
    reorder: Annotated[float, typer.Option(min=0.0, max=1.0, help="打乱先后的比例")] = 0.0,
    lose: Annotated[float, typer.Option(min=0.0, max=1.0, help="丢失的比例")] = 0.0,
    seed: Annotated[int, typer.Option(help="同一个数，同样的结果")] = 1,
    rounds: Annotated[int, typer.Option(min=1, help="走几步")] = 1,
    every: Annotated[float, typer.Option(min=0.0, help="每步之间等几秒")] = 0.0,
    as_json: Json = False,
) -> None:
    """模拟单一窗口（演练用，不连任何海关系统）：读 out 里的报文，把模拟的回执写进 in；可以延迟、重复、打乱、丢失。"""
    from youju.trade.declarations.exchange.simulated import Mischief, SimulatedWindow

    if not folder.is_dir():
        raise InputError("没有这个文件夹", where=str(folder), how="请指明交换文件夹，缺省是 var/exchange")
    simulated = SimulatedWindow(folder, seed=seed, mischief=Mischief(delay, repeat, reorder, lose))
    whole: dict[str, int] = {}
    for turn in range(rounds):
        if turn and every:
            time.sleep(every)
        done = simulated.step().as_json()
        whole = {name: count + whole.get(name, 0) for name, count in done.items()} | {
            "waiting": done["waiting"]
        }
    _say(
        f"模拟单一窗口：收到报文 {whole['taken']} 份，写出回执 {whole['answered']} 份，丢失 {whole['lost']} 份，"
        f"路上还有 {whole['waiting']} 份。"
    )
    if as_json:
        _json(whole)


def _say(text: str) -> None:
    typer.echo(text, err=True)


def _json(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False).encode())
