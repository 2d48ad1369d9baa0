"""``youju settlement verify``: whether the books balance."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from youju.foundation.kernel.usage import Verbs

app = typer.Typer(cls=Verbs, no_args_is_help=True, help="收结汇：核对核销台账。", rich_markup_mode=None)


@app.callback()
def settlement() -> None:
    """收结汇。"""


@app.command()
def verify(as_json: Annotated[bool, typer.Option("--json", help="只输出一个 JSON 值")] = False) -> None:
    """核对核销台账：每笔分录借贷相等，各科目合计为零，余额与分录一致，没有一项收汇超过申报额。不平时退出码为 1。"""
    from youju.foundation.database.ready import django_ready

    with django_ready(tell=_say):
        from youju.foundation.kernel.context import at_the_machine

        with at_the_machine():
            from youju.trade.settlement.selectors.verifying import balances, counts, faults_of_ledger

            faults, found, sums = faults_of_ledger(), counts(), balances()
    if as_json:
        told = {
            "balanced": not faults,
            "faults": faults,
            "counts": found,
            "balances": [
                {"account": each.account, "currency": each.currency, "amount": str(each.amount)}
                for each in sums
            ],
        }
        typer.echo(json.dumps(told, ensure_ascii=False))
    elif faults:
        typer.echo("\n".join(faults))
    else:
        words = "，".join(f"{label} {found[code]:,}" for code, label in _COUNTED.items())
        typer.echo(f"台账平衡：{words}。")
    if faults:
        raise typer.Exit(1)


_COUNTED = {
    "lines": "商品项",
    "entries": "分录",
    "postings": "记账",
    "reservations": "占用",
    "receipts": "收汇",
}


def _say(text: str) -> None:
    typer.echo(text, err=True)
