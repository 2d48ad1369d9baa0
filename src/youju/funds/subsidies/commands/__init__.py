"""``youju subsidies check | backtest``: a policy as a file, judged without a database, tried on the records of a year."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.usage import Verbs
from youju.funds.subsidies.duplicate_commands import duplicates

if TYPE_CHECKING:
    from youju.rules.funds.subsidies.texts import PolicyText

app = typer.Typer(
    cls=Verbs, no_args_is_help=True, help="补贴政策：检查文件、用往年报关单回测。", rich_markup_mode=None
)

PolicyFile = Annotated[Path, typer.Argument(metavar="文件.yaml", help="写法见 policies/subsidies/")]
AsJson = Annotated[bool, typer.Option("--json", help="只输出一个 JSON 值")]


app.command("duplicates")(duplicates)


@app.callback()
def subsidies() -> None:
    """补贴政策。"""


@app.command("check")
def check(file: PolicyFile, as_json: AsJson = False) -> None:
    """检查一份政策文件：能否读、算例对不对、条款有无问题。有“错误”一级的问题时退出码为 1，读不了的为 2。不用数据库。"""
    from youju.foundation.policies import law_on, load
    from youju.rules.funds.subsidies.judging import judge_text
    from youju.rules.funds.subsidies.running import text_case

    text = _read(file)
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    # The policies of the catalogue stand in for those in force, which only a database knows.
    others = tuple(each for each in load().subsidies.values() if each.code != text.code)
    findings = judge_text(text_case(text, others=others), law_on(today), today)
    if as_json:
        _print(
            {
                "code": text.code,
                "examples": len(text.examples),
                "findings": [each.as_json() for each in findings],
            }
        )
    else:
        typer.echo(f"{text.title}：{len(text.clauses)} 条，算例 {len(text.examples)} 个。")
        for each in findings:
            typer.echo(f"{each.rule} [{each.severity.value}] {each.message}{each.suggestion}")
        if not findings:
            typer.echo("没有发现问题。")
    if any(each.severity == "error" for each in findings):
        raise typer.Exit(1)


@app.command("backtest")
def backtest(
    file: PolicyFile,
    year: Annotated[
        int | None, typer.Option(min=2014, max=9999, help="用哪一年的报关单；缺省为政策期间所在的年份。")
    ] = None,
    against: Annotated[Path | None, typer.Option(metavar="文件.yaml", help="对比的另一稿。")] = None,
    as_json: AsJson = False,
) -> None:
    """在往年的全部报关单上试算一份政策文件：谁得多少、预算何时用完、条款会引人做什么。什么也不存。"""
    from youju.foundation.database.ready import django_ready

    text, earlier = _read(file), _read(against) if against else None
    with django_ready(tell=_say):
        from youju.foundation.kernel.context import at_the_machine
        from youju.funds.subsidies.services import run_on_year

        with at_the_machine():
            found = run_on_year(text, year or text.window.start.year, against=earlier, say=_told)
    result = found.result
    if as_json:
        _print(result)
    else:
        _summary(result)


def _read(file: Path) -> PolicyText:
    from youju.foundation.policies import parse_one
    from youju.rules.funds.subsidies.reader import PolicyTextError
    from youju.rules.funds.subsidies.reading import read_policy

    try:
        data = file.read_bytes()
    except OSError as error:
        raise InputError("打不开", where=str(file), how="请核对路径") from error
    try:
        return read_policy(parse_one(data, file.name))
    except PolicyTextError as error:
        raise InputError(error.what, where=f"{file.name}，{error.where}", how=error.how) from error


def _summary(result: dict[str, Any]) -> None:
    typer.echo(
        f"{result['year']} 年：{result['parties']} 户，应补 {_yuan(result['asked'])} 元，预算内 {_yuan(result['granted'])} 元。"
    )
    ends = result["runs_out"]
    typer.echo(f"预算 {_yuan(result['budget'])} 元，{f'{ends} 用完' if ends else '没有用完'}。")
    for each in result["clauses"]:
        note = f"（{each['unknown']}）" if each["unknown"] else ""
        typer.echo(f"  {each['title']}：{each['parties']} 户，{_yuan(each['amount'])} 元{note}")
    for each in result["sensitivity"]:
        typer.echo(f"  {each['title']}：{each['parties']} 户得益，共 {_yuan(each['gain'])} 元")
    for each in result["beside"]:
        typer.echo(f"  与“{each['title']}”同时得的 {each['both']} 户，重叠 {_yuan(each['overlap'])} 元")
    for each in (result.get("against") or {}).get("differences", []):
        typer.echo(f"  {each['label']}：{each['before'] or '（无）'} → {each['after'] or '（无）'}")


def _yuan(amount: str) -> str:
    return f"{Decimal(amount):,}"


def _print(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, default=str).encode())


def _say(text: str) -> None:
    typer.echo(text, err=True)


def _told(done: int, total: int, what: str) -> None:
    typer.echo(f"{what}（{done}/{total}）", err=True)
