"""The register of contracts: a row a contract. Contracts that are there already stay as they are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils import timezone

from youju.foundation.imports.declaring import (
    Amount,
    Batch,
    CellFinding,
    Column,
    Day,
    Effects,
    Importer,
    Text,
)
from youju.foundation.kernel.typed import tags_of
from youju.foundation.policies import law_on
from youju.office.contracts import permissions, selectors, services
from youju.office.contracts.services import ContractWish
from youju.rules.findings import Severity
from youju.rules.office.contracts.facts import ContractFacts
from youju.rules.office.contracts.judging import judge

CODE = "contracts.register"
COLUMNS = (
    Column("number", "合同编号", Text(40), required=True, unique=True, example="GMZX-2023-001"),
    Column("title", "合同名称", Text(100), required=True, example="常年法律顾问合同"),
    Column("party", "对方名称", Text(100), required=True, example="河北某某律师事务所", aliases=("乙方",)),
    Column("party_code", "对方统一社会信用代码", Text(18), example=""),
    Column("amount", "合同金额（元）", Amount(2, least="0"), required=True, example="50000.00", aliases=("合同金额",)),
    Column("signed_on", "签订日期", Day(), required=True, example="2023-01-03"),
    Column("valid_from", "起始日期", Day(), required=True, example="2023-01-03"),
    Column("valid_to", "终止日期", Day(), required=True, example="2023-12-31", help="这一天仍然有效"),
    Column("tags", "标签", Text(200), example="法律顾问", help="几个标签用顿号分开"),
    Column("project", "项目编码", Text(30), example="13060523P00456310001Q"),
    Column("note", "备注", Text(500), example=""),
)  # fmt: skip


def _wishes(batch: Batch) -> Iterator[tuple[int, ContractWish]]:
    names = [column.code for column in COLUMNS]
    for row in batch.rows:
        given = dict(zip(names, row.values, strict=True))
        given["tags"] = tags_of(given["tags"])
        words = {name: given[name] or "" for name in ("party_code", "project", "note")}
        yield row.number, ContractWish(**(given | words))


def _there(batch: Batch) -> set[str]:
    numbers = [wish.number for _, wish in _wishes(batch)]
    return set(selectors.contracts(batch.actor).filter(number__in=numbers).values_list("number", flat=True))


def check(batch: Batch) -> Iterable[CellFinding]:
    """Numbers that are there, tags that cannot be kept, and the rules CON-…, each at its cell."""
    today = timezone.localdate()
    law, there = law_on(today), _there(batch)
    for number, wish in _wishes(batch):
        if wish.number in there:
            yield CellFinding(number, "number", "已有这个编号的合同")
        for tag in wish.tags:
            if len(tag) > 20:
                yield CellFinding(number, "tags", f"标签“{tag[:30]}”太长，至多 20 个字")
        facts = ContractFacts(
            "register", today, wish.number, wish.amount, wish.signed_on, wish.valid_from, wish.valid_to
        )
        for finding in judge(facts, law):
            severity = "error" if finding.severity is Severity.ERROR else "warning"
            yield CellFinding(number, str(finding.at.get("field") or ""), finding.told, severity)


def compare(batch: Batch) -> Effects:
    """Every row is new; the token stands for the numbers that are there."""
    wishes = list(_wishes(batch))
    token = hashlib.sha256(",".join(sorted(_there(batch))).encode()).hexdigest()
    sample = tuple(
        (number, wish.number, "", f"{wish.party} {wish.amount} 元") for number, wish in wishes[:20]
    )
    return Effects(new=len(wishes), changed=0, unchanged=0, token=token, sample=sample)


def store(batch: Batch) -> Mapping[str, Any]:
    """All contracts, in the commit's transaction."""
    wishes = [wish for _, wish in _wishes(batch)]
    return {"contracts": services.store_batch(actor=batch.actor, batch=batch.id, wishes=wishes)}


def consequences(batch: Batch) -> Sequence[str]:
    """What taking the batch back would do."""
    return [f"删去这一批登记的 {batch.kept['contracts']} 份合同；已登记了成果或付款约定的，不能撤销。"]


def undo(batch: Batch) -> None:
    """Take all of them away."""
    services.remove_batch(batch=batch.id)


REGISTER = Importer(
    code=CODE,
    title="导入合同台账",
    permission=permissions.IMPORT.value,
    columns=COLUMNS,
    check=check,
    compare=compare,
    store=store,
    consequences=consequences,
    undo=undo,
    url="/contracts/",
    description="一行一份合同；成果和付款约定在合同页面登记。",
)
