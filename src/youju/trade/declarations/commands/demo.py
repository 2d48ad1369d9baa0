"""``youju demo generate``: the demo year as files, without a database."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.progress import sign_of_life
from youju.foundation.kernel.usage import Verbs

app = typer.Typer(
    cls=Verbs, no_args_is_help=True, help="示例数据：按种子生成的一年贸易。", rich_markup_mode=None
)

Scale = Annotated[float, typer.Option("--scale", help="规模：1 约九千张交易单，10 是它的十倍")]
OutFolder = Annotated[Path, typer.Option("--out", metavar="文件夹", help="写到哪里；须是空的或新的文件夹")]
Format = Annotated[str, typer.Option("--format", help="csv 或 ndjson")]
Seed = Annotated[int, typer.Option("--seed", help="种子；换一个，就是另一年的贸易")]
Today = Annotated[str, typer.Option("--today", metavar="日期", help="最近几周的货从哪一天往前推；不写是今天")]
AsJson = Annotated[bool, typer.Option("--json", help="只输出一个 JSON 值")]
_FIRST_DAY = date(2024, 7, 1)


@app.callback()
def demo() -> None:
    """示例数据：按种子生成的一年贸易。"""


@app.command("generate")
def generate(  # noqa: PLR0917 - one for each option
    out: OutFolder,
    scale: Scale = 1.0,
    form: Format = "csv",
    seed: Seed = 2023,
    today: Today = "",
    as_json: AsJson = False,
) -> None:
    """把示例年度（交易单、组货、装箱、报关单和它们的来源）写成文件；同样的参数写出同样的文件。"""
    from youju.trade.declarations.demo.files import Form
    from youju.trade.declarations.demo.files import generate as write
    from youju.trade.orders.demo.planning import YearPlan

    if not 0 < scale <= 100:
        raise InputError(f"规模“{scale:g}”不对", where="--scale", how="请写大于 0、至多 100 的数")
    if form not in list(Form):
        raise InputError(f"不会写“{form[:20]}”", where="--format", how=f"可以写 {'、'.join(Form)}")
    with sign_of_life(f"正在生成规模 {scale:g} 的示例年度"):
        counts = write(YearPlan(_day(today), scale, seed), out, Form(form))
    if as_json:
        typer.echo(json.dumps({"folder": str(out), "rows": counts}, ensure_ascii=False).encode())
        return
    for name, count in counts.items():
        typer.echo(f"{out / name}.{form}：{count} 行")


def _day(text: str) -> date:
    try:
        found = date.fromisoformat(text) if text else datetime.now().astimezone().date()
    except ValueError as error:
        raise InputError(f"“{text[:20]}”不是日期", where="--today", how="请写成 2026-11-25") from error
    if found < _FIRST_DAY:
        raise InputError(f"{found} 太早", where="--today", how=f"请写 {_FIRST_DAY} 或以后的日子")
    return found
