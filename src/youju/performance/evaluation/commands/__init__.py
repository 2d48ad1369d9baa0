"""``youju evaluation``: score and verify without a database; a year shown, and written out whole."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.progress import sign_of_life
from youju.foundation.kernel.usage import Verbs
from youju.performance.evaluation.commands.pack import verify_pack
from youju.performance.evaluation.commands.years import show_year, write_year

app = typer.Typer(
    cls=Verbs,
    no_args_is_help=True,
    help="绩效评价：打分、核对证据包、看一年的结果、把一年写出来。",
    rich_markup_mode=None,
)

EvaluationFile = Annotated[Path, typer.Argument(metavar="文件.json", help="自评：评分办法、预算、各行指标")]
AsJson = Annotated[bool, typer.Option("--json", help="只输出一个 JSON 值")]


@app.callback()
def evaluation() -> None:
    """绩效评价：打分、核对证据包、看一年的结果、把一年写出来。"""


@app.command("score")
def score(file: EvaluationFile, as_json: AsJson = False) -> None:
    """给一份自评打分。文件里写 schema、budget（initial、adjusted、executed）和 indicators；读不了的，退出码为 2。"""
    from youju.foundation.policies import law_on
    from youju.performance.evaluation.commands.reading import json_of
    from youju.rules.performance.evaluation.codec import from_json, to_json
    from youju.rules.performance.evaluation.facts import EvaluationError
    from youju.rules.performance.evaluation.scoring import score as score_evaluation

    with sign_of_life(f"正在给 {file.name} 打分"):
        data = json_of(file)
        try:
            facts = from_json(data)
            result = score_evaluation(facts, law_on(facts.day or _today()))
        except EvaluationError as error:
            where = "，".join(part for part in (file.name, error.where) if part)
            raise InputError(error.what, where=where, how=error.how) from error
    if as_json:
        typer.echo(json.dumps(to_json(data, result), ensure_ascii=False, indent=2).encode())
    else:
        from youju.performance.evaluation.commands.summaries import print_scored

        print_scored(result)


app.command("verify")(verify_pack)
app.command("show")(show_year)
app.command("year")(write_year)


def _today() -> date:
    from zoneinfo import ZoneInfo

    return datetime.now(ZoneInfo("Asia/Shanghai")).date()
