"""``youju trace``: a number → the chain both ways."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

import typer

from youju.foundation.kernel.usage import Verbs

app = typer.Typer(cls=Verbs)

Number = Annotated[
    str,
    typer.Argument(metavar="编号", help="报关单号、交易单号、装箱单号、箱号、摊位号、备案号、溯源码或其网址"),
]
Json = Annotated[bool, typer.Option("--json", help="只输出一个 JSON 值")]
Limit = Annotated[int, typer.Option("--limit", min=1, max=10_000, help="最多列多少行货物")]
Offset = Annotated[int, typer.Option("--offset", min=0, help="从第几行之后列起")]
_STEPS = {"ordered": "成交", "returned": "退货", "unconsolidated": "未组货", "unpacked": "未装箱", "packed": "装箱",
          "declared": "报关", "undeclared": "未报关"}  # fmt: skip


@app.command("trace")
def trace(number: Number, as_json: Json = False, limit: Limit = 200, offset: Offset = 0) -> None:
    """查货物的来源和去向：从报关单到摊位，从摊位到每一票报关单。数量不平衡时退出码为 1，没有或不止一个时为 2。"""
    from youju.foundation.database.ready import django_ready

    with django_ready(tell=_say):
        from youju.foundation.kernel.context import at_the_machine
        from youju.trade.tracing.selectors.pages import chain_at_the_machine
        from youju.trade.tracing.telling import told

        with at_the_machine():
            chain = told(chain_at_the_machine(number), offset=offset, limit=limit)
    if as_json:
        typer.echo(json.dumps(chain, ensure_ascii=False, default=_plain).encode())
    else:
        _print(chain)
    if chain["differences"] or any(each["imbalances"] for each in chain["sums"]):
        raise typer.Exit(1)


def _print(chain: Mapping[str, Any]) -> None:
    counts = chain["counts"]
    typer.echo(
        f"{chain['origin']['label']}：{counts['lines']} 行货物，{counts['merchant']} 户，{counts['order']} 张交易单，"
        f"{counts['container']} 个集装箱，{counts['declaration']} 票报关单"
    )
    for each in chain["sums"]:
        steps = "　".join(f"{word} {_short(each[step]['quantity'])}" for step, word in _STEPS.items())
        typer.echo(f"{each['unit']}（{each['currency']}）：{steps}")
        for fault in each["imbalances"]:
            typer.echo(f"  不平衡：{fault['message']}")
    for fault in chain["differences"]:
        typer.echo(f"不平衡：{fault['message']}")
    for line in chain["lines"]:
        seller = line["merchant"]
        names = (seller["name"], seller["market"], seller["stall"], line["producer"])
        place = "　".join(each for each in names if each)
        sold = f"{_short(line['balance']['ordered']['quantity'])} {line['unit']}"
        typer.echo(f"{line['order']}/{line['line_no']} {line['name']} {sold}　{place}")
        for way in line["ways"]:
            typer.echo(f"  → {_way(way)}")
    for each in chain["later"]:
        kind = "退货" if each["kind"] == "return" else "更正"
        much = f"{_short(each['quantity'])} {each['unit']}"
        typer.echo(f"{kind} {each['order']}/{each['line_no']}（针对 {each['about']}）{much}")
    if chain["next"] is not None:
        typer.echo(f"还有 {counts['lines'] - chain['next']} 行，加 --offset {chain['next']} 再看", err=True)


def _way(way: Mapping[str, Any]) -> str:
    packed, declared = way["packed"], way["declared"]
    box = f"{packed['container']}（{packed['packing']}）{_short(packed['quantity'])}" if packed else "未装箱"
    if declared is None:
        return f"{box} → 未报关"
    over = "" if declared["live"] else "，不再有效"
    return f"{box} → {declared['declaration']} 第 {declared['g_no']} 项（{declared['country']}{over}）"


def _short(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _plain(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(str(type(value)))


def _say(text: str) -> None:
    typer.echo(text, err=True)
