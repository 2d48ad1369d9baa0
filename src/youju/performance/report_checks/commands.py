"""``youju report-checks run``: hold a report against the data, of the database or of a file of facts."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.progress import sign_of_life
from youju.foundation.kernel.usage import Verbs

if TYPE_CHECKING:
    from youju.rules.performance.report_checks.facts import Fact

app = typer.Typer(
    cls=Verbs, no_args_is_help=True, help="报告核对：报告里的数和数据一致不一致。", rich_markup_mode=None
)
Report = Annotated[Path, typer.Argument(metavar="报告", help="docx、txt、html、带文字的 pdf")]
Year = Annotated[
    int, typer.Option("--year", metavar="年度", help="和哪一年的数据对照；给了 --facts 的可以不写")
]
Facts = Annotated[
    Path | None, typer.Option("--facts", metavar="数据.json", help="数据文件；给了就不用数据库")
]
Marked = Annotated[Path | None, typer.Option("--docx", metavar="OUT.docx", help="把标注后的报告写到这里")]
AsJson = Annotated[bool, typer.Option("--json", help="只输出一个 JSON 值")]


@app.callback()
def report_checks() -> None:
    """报告核对：报告里的数和数据一致不一致。"""


@app.command("run")
def run(
    file: Report, year: Year = 0, facts: Facts = None, docx: Marked = None, as_json: AsJson = False
) -> None:
    """核对一份报告。有和数据不符的数，退出码为 1；读不了的，退出码为 2。"""
    from youju.foundation.documents.reading import file_bytes
    from youju.foundation.policies import law_on
    from youju.performance.report_checks.documents.marked import marked_report
    from youju.performance.report_checks.imports import report_passages
    from youju.rules.law import whole
    from youju.rules.performance.report_checks.checking import check_report
    from youju.rules.performance.report_checks.codec import verdicts_to_json

    day = _today()
    law = law_on(day)
    with sign_of_life(f"正在核对 {file.name}") as heard:
        content = file_bytes(file)
        passages = report_passages(
            content, file.name, most=whole(law, "performance.report_checks.most_characters")
        )
        of_year, known = _facts(facts, year) if facts else _stored(year)
        verdicts = check_report(passages, known, law, day=day, year=of_year, progress=heard)
    found = verdicts_to_json(passages, verdicts)
    if docx is not None:
        result = {"passages": [{"text": each.text} for each in passages], "verdicts": found["verdicts"]}
        docx.write_bytes(marked_report(result, content, file.name))
    if as_json:
        typer.echo(
            json.dumps({"file": file.name, "year": of_year, **found}, ensure_ascii=False, indent=1).encode()
        )
    else:
        _tell(found)
    if found["disagrees"]:
        raise typer.Exit(1)


def _facts(path: Path, year: int) -> tuple[int, list[Fact]]:
    from youju.foundation.documents.reading import file_bytes
    from youju.rules.performance.report_checks.codec import FactsError, facts_from_json

    try:
        of_year, facts = facts_from_json(json.loads(file_bytes(path).decode("utf-8-sig")))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise InputError("不是 UTF-8 编码的 JSON", where=path.name, how="请核对文件") from error
    except FactsError as error:
        raise InputError(
            error.what, where="，".join(filter(None, (path.name, error.where))), how="请更正后再试"
        ) from error
    return year or of_year, facts


def _stored(year: int) -> tuple[int, list[Fact]]:
    if not year:
        raise InputError("没有写年度", where="--year", how="例如 --year 2023，或用 --facts 给数据文件")
    from youju.foundation.database.ready import django_ready
    from youju.foundation.kernel.context import at_the_machine, reaching_all

    with django_ready(tell=_say, tables=True), at_the_machine(), reaching_all():
        from youju.performance.report_checks.selectors import Ask, facts_of

        facts = facts_of(Ask(None, year))
    if not facts:
        raise InputError(f"{year} 年没有数据", where="--year", how="请先导入这一年的绩效目标")
    return year, facts


def _tell(found: dict[str, Any]) -> None:
    for each in found["verdicts"]:
        if each["rule"]:
            typer.echo(
                f"{each['place']}：{each['why']}{each['how']}（{each['rule']}）"
                + (f" 来源：{each['source']}" if each["source"] else "")
            )
    typer.echo(
        f"共 {found['figures']} 个数字：不符 {found['disagrees']}，相符 {found['agrees']}，不能判断 {found['unjudged']}"
    )


def _say(sentence: str) -> None:
    typer.echo(sentence, err=True)


def _today() -> date:
    from zoneinfo import ZoneInfo

    return datetime.now(ZoneInfo("Asia/Shanghai")).date()
