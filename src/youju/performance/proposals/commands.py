"""``youju proposals audit``: the hundred points of a document of targets at the command line, without a database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.progress import sign_of_life
from youju.foundation.kernel.usage import Verbs

if TYPE_CHECKING:
    from youju.rules.performance.proposals.marks import Audited
    from youju.rules.performance.targets.facts import TargetDocument

app = typer.Typer(cls=Verbs, no_args_is_help=True, help="绩效目标审核：百分制打分。", rich_markup_mode=None)
AnyFile = Annotated[Path, typer.Argument(metavar="文件", help="绩效目标文件，或 targets read --json 的输出")]
Results = Annotated[
    Path | None,
    typer.Option("--results", metavar="文件.json", help="上年自评结果：项目编码 → 优、良、中、差"),
]
AsJson = Annotated[bool, typer.Option("--json", help="只输出一个 JSON 值")]


@app.callback()
def proposals() -> None:
    """绩效目标审核。"""


@app.command("audit")
def audit(file: AnyFile, results: Results = None, as_json: AsJson = False) -> None:
    """审核一份绩效目标：完整性 20、相关性 30、适当性 30、可行性 20。等级是“差”的退出码为 1，读不了的为 2。"""
    with sign_of_life(f"正在审核 {file.name}"):
        document = _document(file)
        done = _audited(document, _grades(results))
    if as_json:
        typer.echo(json.dumps(_plain(done), ensure_ascii=False, indent=2).encode())
    else:
        for each in done.items:
            typer.echo(f"{each.part} {each.label}　{each.score}/{each.full}　{each.reason}")
        typer.echo(f"总分 {done.total}，等级“{done.band}”：{done.verdict}。")
    if done.band == "差":
        raise typer.Exit(1)


def _document(path: Path) -> TargetDocument:
    from youju.performance.targets.commands import read_any

    return read_any(path)


def _audited(document: TargetDocument, results: dict[str, str]) -> Audited:
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from youju.foundation.policies import law_on
    from youju.rules.performance.proposals.facts import AuditCase
    from youju.rules.performance.proposals.marks import audit as audit_case
    from youju.rules.performance.targets.cases import fiscal_year_of
    from youju.rules.performance.targets.lint import lint

    year = fiscal_year_of(document)
    day = date(year, 1, 1) if year else datetime.now(ZoneInfo("Asia/Shanghai")).date()
    law = law_on(day)
    return audit_case(AuditCase(day, document, tuple(lint(document, law)), results), law)


def _grades(path: Path | None) -> dict[str, str]:
    if path is None:
        return {}
    from youju.rules.performance.proposals.facts import GRADES

    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise InputError("读不出上年自评结果", where=str(path), how="请给 UTF-8 编码的 JSON 文件") from error
    if not isinstance(data, dict) or any(grade not in GRADES for grade in data.values()):
        raise InputError(
            "上年自评结果的形状不对",
            where=str(path),
            how='应是项目编码到优、良、中、差的对照，例如 {"P1": "良"}',
        )
    return {str(code): str(grade) for code, grade in data.items()}


def _plain(done: Audited) -> dict[str, Any]:
    parts = list(dict.fromkeys(each.part for each in done.items))
    return {
        "total": str(done.total),
        "band": done.band,
        "verdict": done.verdict,
        "parts": [
            {"part": part, "score": str(done.part(part)[0]), "full": str(done.part(part)[1])} for part in parts
        ],
        "items": [
            {
                "item": each.code, "part": each.part, "label": each.label, "full": str(each.full), "score": str(each.score),
                "reason": each.reason,
                "losses": [
                    {"rule": loss.rule, "places": loss.places, "of": loss.of, "points": str(loss.points)}
                    for loss in each.losses
                ],
            }
            for each in done.items
        ],
    }  # fmt: skip
