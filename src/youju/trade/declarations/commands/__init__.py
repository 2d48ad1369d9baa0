"""``youju declarations plan``: goods lines → declarations with proof, on the command line, without a database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.progress import sign_of_life
from youju.foundation.kernel.usage import Verbs
from youju.trade.declarations.commands import exchange

app = typer.Typer(
    cls=Verbs, no_args_is_help=True, help="报关单：把商品行分成最少的合规报关单。", rich_markup_mode=None
)
app.add_typer(exchange.app, name="exchange")
app.command("window")(exchange.window)

GoodsFile = Annotated[Path, typer.Argument(metavar="文件", help="商品清单：xlsx，或 JSON")]
OutFolder = Annotated[
    Path | None, typer.Option("--out", metavar="文件夹", help="写出报文 XML、联网清单、简化归类清单、交易单")
]
Seconds = Annotated[float | None, typer.Option("--seconds", min=0.1, max=3600.0, help="最多搜索几秒")]
AsJson = Annotated[bool, typer.Option("--json", help="只输出一个 JSON 值")]


@app.callback()
def declarations() -> None:
    """报关单：把商品行分成最少的合规报关单。"""


@app.command("plan")
def plan(file: GoodsFile, out: OutFolder = None, seconds: Seconds = None, as_json: AsJson = False) -> None:
    """把商品行分成最少的报关单，并证明不能更少。有交易单不能受理时退出码为 1，读不了的为 2。"""
    from dataclasses import replace

    from youju.foundation.policies import law_on
    from youju.rules.law import UnknownPolicyError
    from youju.rules.trade.declarations.checking import admit, check_plan
    from youju.rules.trade.declarations.codec import plan_to_json
    from youju.rules.trade.declarations.facts import orders_of
    from youju.trade.declarations.imports import read_path
    from youju.trade.declarations.planning import Effort
    from youju.trade.declarations.planning import plan as make_plan

    with sign_of_life(f"正在读取 {file.name}"):
        request = read_path(file)
    law, orders = law_on(request.day), orders_of(request.lines)
    effort = Effort.for_orders(len(orders))
    if seconds is not None:
        effort = replace(effort, seconds=seconds)
    try:
        with sign_of_life(f"正在为 {len(orders)} 张交易单分票"):
            _, _, remarks = admit(orders, law, request.usd_rates)
            made = make_plan(orders, law, usd_rates=request.usd_rates, effort=effort)
            faults = check_plan(made, orders, law, request.usd_rates)
    except UnknownPolicyError as error:
        raise InputError(
            f"{request.day} 还没有市场采购贸易的规定", where=file.name, how="请核对申报日期"
        ) from error
    if faults:  # the planner's own fault: better no plan than a wrong one
        raise RuntimeError(faults[0].message)
    drafts = 0
    if out is not None:
        from youju.trade.declarations.documents.folder import write_folder

        with sign_of_life(f"正在写入 {out}"):
            drafts = write_folder(out, made, request.lines, law, header=request.header, day=request.day)
    for note in request.notes:
        typer.echo(f"提示：{note}", err=True)
    for remark in remarks:
        typer.echo(f"提示：{remark.rule} {remark.message}{remark.suggestion}", err=True)
    if as_json:
        typer.echo(json.dumps(plan_to_json(made), ensure_ascii=False, indent=2).encode())
    else:
        from youju.trade.declarations.commands.summaries import print_plan

        print_plan(made)
    if out is not None:
        said = f"，其中 {drafts} 份是草稿，缺什么见 {out / '缺项.txt'}" if drafts else ""
        typer.echo(f"已写出 {len(made.declarations)} 份报文和三张清单到 {out}{said}", err=True)
    if made.refused:
        raise typer.Exit(1)
