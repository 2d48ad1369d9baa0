"""Findings by spreadsheet: a row a finding, of an earlier inspection or of another body."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from youju.foundation.identity.limits import sections
from youju.foundation.imports.declaring import (
    Amount,
    Batch,
    CellFinding,
    Choice,
    Column,
    Day,
    Effects,
    Importer,
    Text,
)
from youju.foundation.kernel.errors import InputError
from youju.funds.internal_audits import permissions, selectors, services
from youju.funds.internal_audits.services import AuditRefusedError, FindingWish
from youju.rules.funds.internal_audits.kinds import CATEGORIES, SERIOUSNESS

CODE = "internal_audits.findings"
_FIELDS = {
    "问题": "title", "情况": "description", "类别": "category", "严重程度": "seriousness", "责任科室": "section",
    "发现日期": "found_on", "关联的记录": "key", "总体": "record",
}  # fmt: skip
# The words that people write; a population that joins the registry later is known by its label as well.
_RECORDS = {"payments": "付款", "awards": "补贴", "assets": "资产", "contracts": "合同", "tasks": "任务"}
COLUMNS = (
    Column("title", "问题", Text(100), required=True, example="付款没有附验收单"),
    Column("description", "情况", Text(2000), required=True, example="付款凭证后没有验收单，无法证明服务已完成。"),
    Column("category", "类别", Choice(CATEGORIES), required=True, example="资金支付"),
    Column("seriousness", "严重程度", Choice(SERIOUSNESS), required=True, example="一般"),
    Column("basis", "依据", Text(300), example="财务管理办法第十二条", help="制度的名称和条款"),
    Column("section", "责任科室", Choice(sections()), required=True, example="计划财务科"),
    Column("found_on", "发现日期", Day(), required=True, example="2023-09-12"),
    Column("amount", "问题金额（元）", Amount(2, least="0"), example="", aliases=("金额",)),
    Column("record", "记录种类", Text(10), example="", help="付款、补贴、资产、合同、任务，没有的不填"),
    Column("key", "记录编号", Text(40), example="", help="付款编号、申请编号、资产编号、合同编号、任务编号"),
    Column("suggestion", "整改要求", Text(1000), example=""),
)  # fmt: skip


def _wishes(batch: Batch) -> Iterator[tuple[int, FindingWish]]:
    names = [column.code for column in COLUMNS]
    for row in batch.rows:
        given = dict(zip(names, row.values, strict=True))
        for name in ("basis", "suggestion", "record", "key"):
            given[name] = (given[name] or "").strip()
        given["record"] = _code_of(given["record"])
        yield row.number, FindingWish(**given)


def _code_of(word: str) -> str:
    """The code of a population; what is unknown stays, to be said at its cell."""
    known = {label: code for code, label in _RECORDS.items()}
    known |= {each.label: each.code for each in selectors.populations()}
    return known.get(word, word)


def check(batch: Batch) -> Iterable[CellFinding]:
    """Records that are not there and the rules IAU-…, each at its cell."""
    for number, wish in _wishes(batch):
        try:
            said = services.judge_wish(actor=batch.actor, wish=wish)
        except AuditRefusedError as error:
            for each in error.findings:
                yield CellFinding(number, str(each.at.get("field") or ""), each.told)
            continue
        except InputError as error:
            yield CellFinding(number, _FIELDS.get(error.where, ""), f"{error.what}；{error.how}")
            continue
        for each in said:
            yield CellFinding(number, str(each.at.get("field") or ""), each.told, "warning")


def compare(batch: Batch) -> Effects:
    """Every row is new; the token stands for the records that the rows name."""
    wishes = list(_wishes(batch))
    ties = "\n".join(f"{wish.record} {wish.key}" for _, wish in wishes)
    sample = tuple(
        (number, wish.title, "", f"{wish.basis} {wish.amount or ''}") for number, wish in wishes[:20]
    )
    token = hashlib.sha256(ties.encode()).hexdigest()
    return Effects(new=len(wishes), changed=0, unchanged=0, token=token, sample=sample)


def store(batch: Batch) -> Mapping[str, Any]:
    """All findings, in the commit's transaction."""
    wishes = [wish for _, wish in _wishes(batch)]
    return {"numbers": services.store_batch(actor=batch.actor, batch=batch.id, wishes=wishes)}


REGISTER = Importer(
    code=CODE,
    title="导入监督发现的问题",
    permission=permissions.FIND.value,
    columns=COLUMNS,
    check=check,
    compare=compare,
    store=store,
    url="/audits/",
    description="一行一个问题。登记以后即算未销号；导错的请逐个撤销并写明理由，整批不能撤销。",
)
