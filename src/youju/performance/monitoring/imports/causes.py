"""Likelihood, causes and measures from the sheet that was sent to a section: every row of one round, all or nothing."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied

from youju.foundation.imports.declaring import (
    Batch,
    CellFinding,
    Choice,
    Code,
    Column,
    Effects,
    Importer,
    Text,
)
from youju.foundation.kernel.errors import InputError
from youju.performance.monitoring import permissions, services
from youju.performance.monitoring.documents.filling import READ
from youju.performance.monitoring.models import MonitoredRow
from youju.performance.monitoring.services import RowWish
from youju.performance.monitoring.services.filling import rows_named
from youju.rules.findings import Severity
from youju.rules.performance.monitoring.facts import CAUSES, LIKELIHOODS

CODE = "monitoring.causes"
_NAMES = ("likelihood", "cause", "explanation", "measure", "remark")
_KEY = r"JK\d{4}-\d{2}(-\d{1,3})?/\d{1,4}-\d{1,4}"
_ROUND = re.compile(r"(?P<round>JK[\d-]+)/(?P<row>[\d-]+)")
COLUMNS = (
    Column("key", "行标识", Code(30, _KEY, "应照下载的填报表，不要改"), required=True, unique=True, example="JK2023-07/1-1"),
    *(Column(f"read{place}", text, Text(500), help="只供查看，改了也不导入") for place, text in enumerate(READ[1:], 1)),
    Column("likelihood", "完成目标可能性", Choice(LIKELIHOODS), aliases=("可能性",), example="有可能"),
    Column("cause", "偏差原因", Choice(CAUSES), example="制度保障", help="不是“确定能”的必填"),
    Column("explanation", "说明", Text(1000), aliases=("原因说明",), example="招标流标一次，合同晚签两个月。"),
    Column("measure", "改进措施", Text(1000), aliases=("措施",), example="9 月底前完成系统部署。"),
    Column("remark", "备注", Text(500), example=""),
)  # fmt: skip
_CODES = [column.code for column in COLUMNS]


def _read(batch: Batch) -> Iterator[tuple[int, str, str, RowWish]]:
    """Number in the sheet, round, key within it, what is said."""
    for row in batch.rows:
        given = dict(zip(_CODES, row.values, strict=True))
        match = _ROUND.fullmatch(str(given["key"]))
        if match:
            wish = RowWish(**{name: (given[name] or "").strip() for name in _NAMES})
            yield row.number, match["round"], match["row"], wish


def _stored(batch: Batch) -> tuple[str, dict[str, MonitoredRow]]:
    lines = list(_read(batch))
    rounds = {number for _, number, _, _ in lines}
    if len(rounds) != 1:
        return "", {}
    number = rounds.pop()
    try:
        return number, rows_named(batch.actor, number, [key for _, _, key, _ in lines])
    except InputError:
        return number, {}


def check(batch: Batch) -> Iterable[CellFinding]:
    """Rows that are not there or not the actor's, and the rules MON-…, each at its cell."""
    number, rows = _stored(batch)
    for line, own, key, wish in _read(batch):
        row = rows.get(key)
        if not number:
            yield CellFinding(line, "key", "一份表只能是一轮运行监控的行")
        elif row is None:
            yield CellFinding(line, "key", f"{own} 没有行 {key}，请用这一轮下载的填报表")
        else:
            try:
                said = services.judge_wish(batch.actor, row, wish)
            except PermissionDenied as error:
                yield CellFinding(line, "key", str(error))
                continue
            except InputError as error:
                yield CellFinding(line, "key", f"{error.what}；{error.how}")
                continue
            for each in said:
                # A row that nobody has judged yet may stay so; what is judged must be whole.
                soft = each.rule == "MON-003" or each.severity is not Severity.ERROR
                yield CellFinding(
                    line, str(each.at.get("field") or ""), each.told, "warning" if soft else "error"
                )


def compare(batch: Batch) -> Effects:
    """What would change; the token stands for the rows as they are."""
    _, rows = _stored(batch)
    changed, sample, seen = 0, [], []
    for line, _, key, wish in _read(batch):
        row = rows.get(key)
        if row is None:
            continue
        before = [getattr(row, name) for name in _NAMES]
        after = [getattr(wish, name) for name in _NAMES]
        seen.append(f"{key} {row.revision}")
        if before != after:
            changed += 1
            sample.append((line, row.level3, _told(before), _told(after)))
    token = hashlib.sha256("\n".join(seen).encode()).hexdigest()
    return Effects(
        new=0, changed=changed, unchanged=len(seen) - changed, token=token, sample=tuple(sample[:20])
    )


def store(batch: Batch) -> Mapping[str, Any]:
    """All rows, in the commit's transaction."""
    lines = list(_read(batch))
    wishes = [(key, wish) for _, _, key, wish in lines]
    changed = services.store_batch(actor=batch.actor, number=lines[0][1], wishes=wishes)
    return {"round": lines[0][1], "changed": changed}


def _told(cells: list[str]) -> str:
    likelihood, cause, *words = cells
    return " ".join(part for part in (LIKELIHOODS.get(likelihood, ""), CAUSES.get(cause, ""), *words) if part)


CAUSES_SHEET = Importer(
    code=CODE,
    title="导入偏差原因",
    permission=permissions.VIEW.value,
    columns=COLUMNS,
    check=check,
    compare=compare,
    store=store,
    url="/monitoring/",
    description="先在一轮运行监控里下载填报表，填好后五列再传回来。整份成功或整份不导入；导错的再导入一次改正，整批不能撤销。",
)
