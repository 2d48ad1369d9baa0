"""``youju exemptions quarter | late``: an agent's quarter as a workbook, and what was not filed in time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from youju.foundation.kernel.errors import InputError, reason_of
from youju.foundation.kernel.usage import Verbs

app = typer.Typer(
    cls=Verbs, no_args_is_help=True, help="免税申报：季度实际委托方表、逾期清单。", rich_markup_mode=None
)


@app.callback()
def exemptions() -> None:
    """免税申报。"""


@app.command("quarter")
def quarter(
    agent: Annotated[str, typer.Option("--agent", metavar="备案号", help="外贸代理的主体备案号。")],
    quarter: Annotated[str, typer.Option("--quarter", metavar="季度", help="例如 2025Q4。")],
    out: Annotated[Path, typer.Option("--out", metavar="文件", help="写到哪个 xlsx 文件。")],
    as_json: Annotated[bool, typer.Option("--json", help="只输出一个 JSON 值")] = False,
) -> None:
    """把代理一个季度的实际委托方写成 xlsx，附控制合计。有委托方没有识别号时退出码为 1。"""
    if not out.parent.is_dir():
        raise InputError("没有这个文件夹", where=str(out.parent), how="请先建立文件夹")
    from youju.foundation.database.ready import django_ready

    with django_ready(tell=_say):
        from youju.foundation.kernel.context import reaching_all
        from youju.trade.exemptions.documents.quarter import write_xlsx
        from youju.trade.exemptions.selectors.quarters import agent_numbered, made_quarter

        with reaching_all():
            table = made_quarter(agent_numbered(agent.replace("\0", "")), quarter)
        if not table.applies:
            raise InputError(
                f"{table.quarter} 不适用实际委托方季报", where="--quarter", how="2025Q4 起才报送"
            )
        try:
            out.write_bytes(write_xlsx(table))
        except OSError as error:
            raise InputError(
                f"文件没有写成（{reason_of(error)}）", where=str(out), how="请换一个位置"
            ) from error
    missing = sum(not row.tax_id for row in table.rows)
    told = {
        "agent": table.agent,
        "quarter": table.quarter,
        "consignors": len(table.rows),
        "declarations": table.declarations,
        "amount": str(table.amount),
        "without_tax_id": missing,
        "sha256": table.sha256,
        "file": str(out),
    }
    if as_json:
        _print(told)
    else:
        typer.echo(
            f"{table.agent} {table.quarter}：{len(table.rows)} 个委托方，{table.declarations} 票，"
            f"{table.amount:,.2f} 元，已写入 {out}。"
        )
    if missing:
        _say(f"{missing} 个委托方没有纳税人识别号（EXM-012）。")
        raise typer.Exit(1)


@app.command("late")
def late(as_json: Annotated[bool, typer.Option("--json", help="只输出一个 JSON 值")] = False) -> None:
    """列出过了期限还没有申报的。有逾期的退出码为 1。"""
    from youju.foundation.database.ready import django_ready

    with django_ready(tell=_say):
        from youju.foundation.kernel.context import reaching_all
        from youju.trade.exemptions.selectors.standing import missed_now

        with reaching_all():
            rows = [
                {
                    "number": each.number,
                    "month": f"{each.month:%Y-%m}",
                    "filer": each.filer,
                    "consignor": each.consignor,
                    "due_on": each.due_on,
                    "amount": str(each.amount),
                    "example_tax": str(each.stake),
                }
                for each in missed_now()
            ]
    if as_json:
        _print({"late": rows, "count": len(rows)})
    else:
        for row in rows:
            typer.echo(
                f"{row['number']}  {row['month']}  {row['consignor']}  {row['due_on']}  {row['amount']} 元"
            )
        typer.echo(f"逾期 {len(rows)} 份。")
    if rows:
        raise typer.Exit(1)


def _print(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, default=str).encode())


def _say(text: str) -> None:
    typer.echo(text, err=True)
