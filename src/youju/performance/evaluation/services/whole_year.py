"""A whole year written out: targets, values, monitoring of January to July, points, documents, pack."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError, reason_of
from youju.performance.evaluation import permissions
from youju.performance.evaluation.facts import day_of
from youju.performance.evaluation.models import SelfEvaluation
from youju.performance.evaluation.selectors.papers import self_paper
from youju.performance.evaluation.services.packing import write_pack
from youju.performance.evaluation.summing_up import year_as_data
from youju.performance.measures import selectors as measures
from youju.performance.measures.selectors import row_as_json
from youju.performance.targets import selectors as targets
from youju.performance.targets.documents import write_document
from youju.rules.performance.evaluation.lifecycle import FROZEN
from youju.rules.performance.targets.codec import to_json

if TYPE_CHECKING:
    from youju.foundation.identity.models import User
    from youju.performance.targets.models import TargetSet

JULY = 7


def write_whole_year(
    *, actor: User, year: int, folder: Path, say: Callable[[str], None] = lambda _: None
) -> dict[str, Any]:
    """Write a year into a folder; what was written, step by step.

    Nobody's step is taken: what is not handed in is told and left out of the documents.

    Raises:
        PermissionDenied: the actor exports no evaluations, or not the rows behind figures.
        InputError: no targets of the year (404); nothing was handed in (409); the folder cannot be written.
    """
    require(actor, permissions.EXPORT)
    target_set = targets.active_set(year=year)
    if target_set is None:
        raise InputError(f"没有 {year} 年的绩效目标", how="请先导入或编制目标", status=404)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return {"year": year, "folder": str(folder), "steps": list(_steps(actor, target_set, folder, say))}
    except OSError as error:
        raise InputError(
            f"写不进去（{reason_of(error)}）", where=str(folder), how="请换一个文件夹"
        ) from error


def _steps(actor: User, target_set: TargetSet, folder: Path, say: Callable[[str], None]) -> Any:
    year = target_set.fiscal_year
    say("写出绩效目标")
    document = targets.document(target_set)
    _json(folder / "targets.json", to_json(document))
    (folder / "targets.docx").write_bytes(write_document(document, "docx"))
    yield {
        "step": "目标",
        "told": f"{len(document.projects)} 个项目",
        "files": ["targets.json", "targets.docx"],
    }
    say("算出完成值")
    rows = measures.measured_rows(actor=actor, target_set=target_set, until=day_of(year))
    _json(folder / "values.json", [row_as_json(row) for row in rows])
    known = sum(row.has_value for row in rows)
    yield {"step": "完成值", "told": f"{len(rows)} 行，{known} 行有值", "files": ["values.json"]}
    say("1—7 月监控")
    yield _monitoring(actor, target_set, folder)
    say("评分")
    heads = SelfEvaluation.objects.filter(fiscal_year=year, state__in=FROZEN)
    papers = [self_paper(each) for each in heads]
    _json(folder / "scores.json", year_as_data(year) | {"papers": papers})
    open_ = SelfEvaluation.objects.filter(fiscal_year=year).count() - len(papers)
    left = f"，{open_} 个还在填报" if open_ else ""
    yield {"step": "得分", "told": f"{len(papers)} 个项目已提交{left}", "files": ["scores.json"]}
    pack = folder / f"evaluation-{year}.zip"
    with pack.open("wb") as file:
        digest, count = write_pack(
            file, actor=actor, year=year, say=lambda done, total, what: say(f"{done}/{total} {what}"),
            folder=folder / "documents",
        )  # fmt: skip
    yield {
        "step": "文书和证据包",
        "told": f"{count} 个文件，目录校验值 {digest}",
        "files": [pack.name, "documents/"],
        "manifest": digest,
    }


def _monitoring(actor: User, target_set: TargetSet, folder: Path) -> dict[str, Any]:
    """The round of January to July where one was made; else the values and forecasts that it would look at."""
    step, name = "1—7 月监控", "monitoring-07.json"
    found = _round(target_set.fiscal_year)
    if found is not None:
        _json(folder / name, found)
        return {"step": step, "told": f"{found['number']}，{len(found['projects'])} 个项目", "files": [name]}
    until = date(target_set.fiscal_year, JULY, 31)
    rows = measures.measured_rows(actor=actor, target_set=target_set, until=until)
    _json(folder / name, [row_as_json(row) for row in rows])
    return {"step": step, "told": f"没有监控，写出 {len(rows)} 行完成值和全年预计", "files": [name]}


def _round(year: int) -> dict[str, Any] | None:
    """What monitoring holds of the year's July; none where that room is not installed."""
    try:
        monitoring = import_module("youju.performance.monitoring.selectors")
    except ModuleNotFoundError:
        return None
    ask: Callable[[int, int], dict[str, Any] | None] | None = getattr(monitoring, "round_in_month", None)
    return ask(year, JULY) if ask else None


def _json(path: Path, data: Any) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1, default=str), encoding="utf-8")
