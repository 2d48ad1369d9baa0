"""``youju credit``: a party's score on a day, a month replayed, a policy tried."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.usage import Verbs

app = typer.Typer(cls=Verbs, help="信用评价：一户的得分、重算一期、试算办法。", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="只输出一个 JSON 值")]


def _say(words: str) -> None:
    typer.echo(words, err=True)


def _day(text: str, form: str) -> date:
    try:
        return date.fromisoformat(text if form == "day" else f"{text}-01")
    except ValueError:
        shape = "2023-12-31" if form == "day" else "2023-12"
        raise InputError(
            f"“{text[:20]}”不是{'日期' if form == 'day' else '月份'}", how=f"请写成 {shape} 的样子"
        ) from None


@app.command("score")
def score(
    number: Annotated[str, typer.Argument(metavar="主体", help="备案号或统一社会信用代码")],
    on: Annotated[str, typer.Option("--on", help="哪一天，例如 2023-12-31；不写是今天")] = "",
    as_json: Json = False,
) -> None:
    """按系统里的记录和当天的办法，计算一户的信用得分，逐项列出所依据的记录；不保存。"""
    day = _day(on, "day") if on else None
    from youju.foundation.database.ready import django_ready

    with django_ready(tell=_say):
        from django.utils import timezone

        from youju.foundation.kernel.context import at_the_machine
        from youju.trade.credit.facts import kept
        from youju.trade.credit.selectors import scored_on

        with at_the_machine():
            found = scored_on(day or timezone.localdate(), number=number)
    scored = found.score
    if as_json:
        plain = kept(scored)
        told: dict[str, Any] = {
            "party": {"number": found.party.number, "name": found.party.name}, "day": scored.day.isoformat(),
            "policy_hash": found.policy.hash, **plain, "total": str(scored.total), "most": str(scored.most),
            "aside": list(found.aside),
        }  # fmt: skip
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    typer.echo(
        f"{found.party.name}（{found.party.number}）{scored.day}：{scored.total} 分，{scored.grade} 级。{scored.ceiling}"
    )
    for item in scored.items:
        typer.echo(f"  {item.title} {item.points}/{item.most}：{item.sentence}")
        for each in item.against:
            typer.echo(f"    {each.day} {each.number} {each.outcome}")


@app.command("replay")
def replay(
    month: Annotated[str, typer.Option("--month", help="哪个月，例如 2023-12")],
    as_json: Json = False,
) -> None:
    """用记录和当时的办法重算一个月的全部得分，与保存的核对。有不同时退出码为 1，并说明记录改了什么。"""
    first = _day(month, "month")
    from youju.foundation.database.ready import django_ready

    with django_ready(tell=_say):
        from youju.foundation.kernel.context import at_the_machine
        from youju.trade.credit.services import replay as replayed

        with at_the_machine():
            found = replayed(month=first)
    if as_json:
        told = {
            "month": f"{found.month:%Y-%m}", "day": found.day.isoformat(), "scores": found.scores,
            "policy_kept": found.policy_kept, "unsound": found.unsound, "same": found.same,
            "differences": [
                {
                    "number": each.number, "name": each.name, "revision": each.revision, "total": str(each.total),
                    "total_now": str(each.total_now), "grade": each.grade, "grade_now": each.grade_now,
                    "gone": list(each.gone), "come": list(each.come), "changed": list(each.changed),
                }
                for each in found.differences
            ],
        }  # fmt: skip
        typer.echo(json.dumps(told, ensure_ascii=False))
    else:
        typer.echo(f"{found.month:%Y-%m} 重算 {found.scores} 份得分，{len(found.differences)} 份不同。")
        for each in found.differences:
            typer.echo(f"  {each.told}")
        if not found.policy_kept:
            typer.echo("  当时的办法在政策文件里已被改动，按保存的办法重算。")
        if found.unsound:
            typer.echo(f"  有 {found.unsound} 份得分与保存的记录对不上。")
    if not found.same:
        raise typer.Exit(1)


@app.command("simulate")
def simulate(
    file: Annotated[Path, typer.Argument(metavar="办法.yaml", help="items、grades、ceilings 中要改的部分")],
    on: Annotated[str, typer.Option("--on", help="按哪一天的记录；不写是今天")] = "",
    as_json: Json = False,
) -> None:
    """在全部主体上试算一个办法：各等级户数的变化和谁会变；不保存。办法不合规则时退出码为 1。"""
    day = _day(on, "day") if on else None
    plain = _read(file)
    from youju.foundation.database.ready import django_ready

    with django_ready(tell=_say):
        from django.utils import timezone

        from youju.foundation.kernel.context import at_the_machine
        from youju.trade.credit.services import CreditRefusedError, tried_policy, try_policy

        when = day or timezone.localdate()
        with at_the_machine():
            try:
                policy, notes = tried_policy(plain, when)
            except CreditRefusedError as error:
                if as_json:
                    typer.echo(json.dumps([each.as_json() for each in error.findings], ensure_ascii=False))
                for finding in error.findings:
                    typer.echo(finding.told, err=True)
                raise typer.Exit(1) from None
            found = try_policy(policy, when)
    moved = [each for each in found.moves if each.grade_before != each.grade_after]
    if as_json:
        told = {
            "day": when.isoformat(), "policy_hash": policy.hash, "parties": found.parties, "before": found.before,
            "after": found.after, "changed": len(found.moves), "moved": len(moved), "notes": notes,
            "moves": [
                {"number": each.number, "name": each.name, "total_before": str(each.total_before),
                 "total_after": str(each.total_after), "grade_before": each.grade_before, "grade_after": each.grade_after}
                for each in moved
            ],
        }  # fmt: skip
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    typer.echo(f"{when} 的记录，{found.parties} 户，{len(moved)} 户等级变化。")
    for grade in dict.fromkeys((*found.before, *found.after)):
        typer.echo(f"  {grade}：{found.before.get(grade, 0)} → {found.after.get(grade, 0)}")
    for each in moved:
        typer.echo(
            f"  {each.name}（{each.number}）{each.total_before} {each.grade_before} → {each.total_after} {each.grade_after}"
        )


def _read(file: Path) -> dict[str, Any]:
    """The parts of a policy in a file.

    Raises:
        InputError: it cannot be read, or is no table.
    """
    from youju.foundation.policies import parse_one

    try:
        content = file.read_bytes()
    except OSError as error:
        raise InputError("打不开这个文件", where=str(file), how="请核对路径") from error
    plain = parse_one(content, str(file))
    if not isinstance(plain, dict):
        raise InputError(
            "不是“名称：内容”的表", where=str(file), how="写法见 policies/trade/credit/items.yaml 的 value"
        )
    return plain
