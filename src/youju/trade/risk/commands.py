"""``youju risk``: scan months of history, check a day's draw, see the hits of a record."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Any

import typer

from youju.foundation.kernel.usage import Verbs

app = typer.Typer(cls=Verbs, help="风险预警：扫描、抽签。")
draws = typer.Typer(cls=Verbs, help="抽签的公布和核对。")
app.add_typer(draws, name="draw")
Json = Annotated[bool, typer.Option("--json", help="只输出一个 JSON 值")]


@app.command("scan")
def scan(
    since: Annotated[str, typer.Option("--from", metavar="年-月", help="第一个月，例如 2023-01")],
    until: Annotated[str, typer.Option("--to", metavar="年-月", help="最后一个月（含）")],
    as_json: Json = False,
) -> None:
    """对历史扫描：把这些月份的交易、装箱、报关、收汇和补贴申请查一遍，新的预警存下来。"""
    from youju.foundation.database.ready import django_ready

    first, last = _month(since, "--from"), _month(until, "--to")
    after = date(last.year + last.month // 12, last.month % 12 + 1, 1)
    with django_ready(tell=_say):
        from youju.foundation.jobs.progress import Progress
        from youju.foundation.kernel.context import at_the_machine, current
        from youju.trade.risk.services import scan_window

        with at_the_machine():
            told = Progress(lambda _done, _all, message: _say(message) if message else None)
            row = scan_window(since=first, until=after, asked_by=current().actor, progress=told)
    result = {
        "scan": row.pk, "since": first, "until": after, "lines": row.lines, "found": row.found, "new": row.new,
        "counts": row.counts, "skipped": row.skipped, "seconds": row.seconds,
    }  # fmt: skip
    if as_json:
        typer.echo(json.dumps(result, ensure_ascii=False, default=str))
        return
    typer.echo(f"{row.lines} 行货物，命中 {row.found} 条，其中新的 {row.new} 条，用时 {row.seconds} 秒")
    for rule, count in row.counts.items():
        typer.echo(f"  {rule}  {count}")
    if row.skipped:
        typer.echo(f"没有数据、没有查：{'、'.join(row.skipped)}")


@draws.command("verify")
def verify(
    day: Annotated[str, typer.Argument(metavar="日期", help="例如 2023-06-01")],
    as_json: Json = False,
) -> None:
    """用公布的种子重算一天的抽签。不符时退出码为 1，没有这一天时为 2。"""
    from youju.foundation.database.ready import django_ready

    wanted = _day(day)
    with django_ready(tell=_say):
        from youju.foundation.kernel.context import at_the_machine
        from youju.trade.risk.services import verify_draw

        with at_the_machine():
            found = verify_draw(wanted)
    told: dict[str, Any] = {
        "day": wanted, "revealed": found.revealed, "lanes": found.lanes, "drawn": found.drawn, "faults": list(found.faults),
    }  # fmt: skip
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False, default=str))
    elif not found.revealed:
        typer.echo(f"{day} 的种子还没有公布，当天过后才能核对。")
    else:
        typer.echo(
            f"{day}：{found.lanes} 票，抽中 {found.drawn} 票，{'不符' if found.faults else '与记录一致'}。"
        )
        for fault in found.faults:
            typer.echo(f"  {fault}")
    if found.faults:
        raise typer.Exit(1)


def _month(text: str, where: str) -> date:
    from youju.foundation.kernel.errors import InputError

    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise InputError(f"“{text[:20]}”不是月份", where=where, how="请照 2023-01 这样写") from error


def _day(text: str) -> date:
    from youju.foundation.kernel.errors import InputError

    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"“{text[:20]}”不是日期", where="日期", how="请照 2023-06-01 这样写") from error


def _say(message: str) -> None:
    typer.echo(message, err=True)
