"""``youju audits sample``: draw a sample from a list, without a database: anybody checks a sample of the product with it."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated

import typer

from youju.foundation.kernel.errors import InputError
from youju.rules.funds.internal_audits import sampling

app = typer.Typer(help="内部监督：抽样。", no_args_is_help=True)


@app.callback()
def _verbs() -> None:
    """内部监督：抽样。"""


Given = Annotated[Path, typer.Argument(help="总体：CSV，列名 key、amount；从样本页面下载的就是")]
Seed = Annotated[str, typer.Option("--seed", help="种子")]
Size = Annotated[int, typer.Option("--size", min=1, help="样本量，必抽的计算在内")]
Limits = Annotated[str, typer.Option("--limits", help="分层界限（元），用逗号分开，从小到大")]
Certainty = Annotated[str, typer.Option("--certainty", help="必抽金额（元）：达到的全部抽取")]
How = Annotated[str, typer.Option("--allocation", help="proportional、neyman 或 amount")]
AsJson = Annotated[bool, typer.Option("--json", help="只输出一个 JSON 值")]


@app.command()
def sample(  # noqa: PLR0917 - typer names them
    population: Given,
    seed: Seed,
    size: Size,
    limits: Limits = "",
    certainty: Certainty = "",
    allocation: How = "proportional",
    as_json: AsJson = False,
) -> None:
    """从一份清单抽取样本；同一份清单和同样的参数，谁抽、何时抽都一样。"""
    units = _units(population)
    try:
        design = sampling.Design(
            seed,
            size,
            tuple(_amount(each, "--limits") for each in limits.split(",") if each.strip()),
            _amount(certainty, "--certainty") if certainty else None,
            allocation,  # type: ignore[arg-type]  # the design refuses what it does not know
        )
        drawn = sampling.draw(units, design)
    except ValueError as error:
        raise InputError(str(error), where=str(population), how="请改正后再抽") from error
    text = sampling.population_text(units)
    found = {
        "hash": sampling.population_hash(text),
        "count": len(units),
        "method": sampling.METHOD,
        "strata": [
            {"label": each.label, "count": each.count, "total": str(each.total), "taken": each.taken}
            for each in drawn.strata
        ],
        "sample": [
            {"place": place, "key": each.unit.key, "amount": str(each.unit.amount), "number": each.number}
            for place, each in enumerate(drawn.drawn, start=1)
        ],
    }
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
        return
    typer.echo(f"总体 {len(units)} 项，校验值 {found['hash']}")
    for stratum in drawn.strata:
        typer.echo(f"{stratum.label}：{stratum.count} 项 {stratum.total} 元，抽 {stratum.taken} 项")
    for place, each in enumerate(drawn.drawn, start=1):
        typer.echo(f"{place}\t{each.unit.key}\t{each.unit.amount}")


def _units(path: Path) -> list[sampling.Unit]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("读不出总体文件", where=str(path), how="请给 UTF-8 编码的 CSV 文件") from error
    rows = csv.DictReader(io.StringIO(text, newline=""))
    if not {"key", "amount"} <= set(rows.fieldnames or ()):
        raise InputError("总体文件缺少 key 或 amount 列", where=str(path), how="第一行应是 key,amount")
    units = []
    for line, row in enumerate(rows, start=2):
        if not row["key"]:
            raise InputError("这一行没有编号", where=f"{path} 第 {line} 行", how="请补上 key")
        units.append(sampling.Unit(row["key"], _amount(row["amount"], f"{path} 第 {line} 行")))
    if not units:
        raise InputError("总体文件里没有记录", where=str(path), how="请核对文件")
    return units


def _amount(text: str | None, where: str) -> Decimal:
    try:
        value = Decimal((text or "").strip())
    except InvalidOperation as error:
        raise InputError(f"“{text}”不是金额", where=where, how="请写数字，例如 12800.00") from error
    if not value.is_finite():
        raise InputError(f"“{text}”不是金额", where=where, how="请写数字，例如 12800.00")
    return value
