"""The register of assets: a row a card. Cards that are there already stay as they are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from youju.foundation.identity.limits import sections
from youju.foundation.identity.selectors import colleagues
from youju.foundation.imports.declaring import (
    Amount,
    Batch,
    CellFinding,
    Choice,
    Code,
    Column,
    Day,
    Effects,
    Flag,
    Importer,
    Text,
)
from youju.foundation.policies import law_on
from youju.funds.assets import permissions, selectors, services
from youju.funds.assets.selectors.categories import FIRST, categories
from youju.funds.assets.services import AssetWish
from youju.rules.findings import Severity
from youju.rules.funds.assets.facts import AssetFacts
from youju.rules.funds.assets.judging import judge
from youju.rules.law import Law

CODE = "assets.register"
COLUMNS = (
    Column("number", "资产编号", Code(24, r"[0-9A-Za-z\-]+", "只能有数字、字母和连字符"), unique=True, example="ZC2019000012",
           help="不填的自动编号", aliases=("卡片编号",)),
    Column("name", "资产名称", Text(100), required=True, example="台式计算机", aliases=("名称",)),
    Column("category", "资产类别", Choice({code: each.name for code, each in categories().items()}), required=True,
           example="信息化设备", aliases=("分类", "类别")),
    Column("model", "规格型号", Text(100), example="示例 M900"),
    Column("serial", "出厂编号", Text(60), example="SN20190001", aliases=("序列号",)),
    Column("cost", "原值（元）", Amount(2, least="0.01"), required=True, example="4680.00", aliases=("原值", "单价")),
    Column("acquired_on", "取得日期", Day(), required=True, example="2019-05-10", aliases=("购置日期",)),
    Column("project", "项目编码", Text(30), example=""),
    Column("section", "科室", Choice(sections()), example="综合业务科", aliases=("使用部门",)),
    Column("place", "地点", Text(60), example="办公楼 301", aliases=("存放地点",)),
    Column("keeper_name", "保管人", Text(50), example="陈立", aliases=("使用人",)),
    Column("idle", "闲置", Flag(), example="否"),
    Column("note", "备注", Text(500), example=""),
)  # fmt: skip
_WORDS = ("number", "model", "serial", "project", "section", "place", "keeper_name", "note")


def _wishes(batch: Batch) -> Iterator[tuple[int, AssetWish]]:
    names, known = [column.code for column in COLUMNS], _accounts(batch)
    for row in batch.rows:
        given: dict[str, Any] = dict(zip(names, row.values, strict=True))
        given |= {name: given[name] or "" for name in _WORDS}
        given["number"] = given["number"].upper()
        given["idle"] = bool(given["idle"])
        yield row.number, AssetWish(**given, keeper=known.get(given["keeper_name"], ""))


def _accounts(batch: Batch) -> dict[str, str]:
    """Names that one colleague alone bears → the username."""
    found: dict[str, str] = {}
    for person in colleagues(actor=batch.actor):
        found[person.display_name] = "" if person.display_name in found else person.username
    return found


def _there(batch: Batch) -> tuple[set[str], dict[tuple[str, str], str]]:
    """Numbers and (model, maker's number) that the register has, among those of the file."""
    wishes = [wish for _, wish in _wishes(batch)]
    rows = selectors.assets(batch.actor)
    numbers = {wish.number for wish in wishes if wish.number}
    serials = {wish.serial for wish in wishes if wish.serial}
    taken = set(rows.filter(number__in=numbers).values_list("number", flat=True))
    taken |= set(
        selectors.assets(batch.actor, selectors.AssetFilter(state="disposed"))
        .filter(number__in=numbers)
        .values_list("number", flat=True)
    )
    twins = rows.filter(serial__in=serials).values_list("model", "serial", "number")
    return taken, {(model, serial): number for model, serial, number in twins}


def check(batch: Batch) -> Iterable[CellFinding]:
    """Numbers and maker's numbers that are there or stand twice, and the rules AST-…, each at its cell."""
    today, laws = timezone.localdate(), dict[date, Law]()
    taken, twins = _there(batch)
    for number, wish in _wishes(batch):
        if wish.number in taken:
            yield CellFinding(number, "number", "已有这个编号的资产")
        twin = twins.get((wish.model, wish.serial), "") if wish.serial else ""
        facts = AssetFacts(
            "register", today, wish.number, wish.name, wish.category, wish.cost, wish.acquired_on,
            group=wish.category[:3], serial=wish.serial, twin=twin, keeper=wish.keeper_name,
            state="idle" if wish.idle else "in_use",
        )  # fmt: skip
        for finding in judge(facts, _law(laws, wish.acquired_on)):
            severity = "error" if finding.severity is Severity.ERROR else "warning"
            field = str(finding.at.get("field") or "")
            yield CellFinding(number, "keeper_name" if field == "keeper" else field, finding.told, severity)
        if wish.serial:
            twins.setdefault((wish.model, wish.serial), wish.number or f"本表第 {number} 行")


def _law(known: dict[date, Law], day: date) -> Law:
    day = max(day, FIRST)
    if day not in known:
        known[day] = law_on(day)
    return known[day]


def compare(batch: Batch) -> Effects:
    """Every row is new; the token stands for what the register has of the file."""
    wishes = list(_wishes(batch))
    taken, twins = _there(batch)
    token = hashlib.sha256(repr((sorted(taken), sorted(twins.items()))).encode()).hexdigest()
    sample = tuple(
        (number, wish.number or "（自动编号）", "", f"{wish.name} {wish.cost} 元")
        for number, wish in wishes[:20]
    )
    return Effects(new=len(wishes), changed=0, unchanged=0, token=token, sample=sample)


def store(batch: Batch) -> Mapping[str, Any]:
    """All cards, in the commit's transaction."""
    wishes = [wish for _, wish in _wishes(batch)]
    return {"assets": services.store_batch(actor=batch.actor, batch=batch.id, wishes=wishes)}


def consequences(batch: Batch) -> Sequence[str]:
    """What taking the batch back would do."""
    return [f"删去这一批登记的 {batch.kept['assets']} 张卡片；计提过折旧、盘点过或移交过的，不能撤销。"]


def undo(batch: Batch) -> None:
    """Take all of them away."""
    services.remove_batch(batch=batch.id)


REGISTER = Importer(
    code=CODE,
    title="导入资产台账",
    permission=permissions.IMPORT.value,
    columns=COLUMNS,
    check=check,
    compare=compare,
    store=store,
    consequences=consequences,
    undo=undo,
    url="/assets/",
    description="一行一件资产，数量都是 1；折旧年限按类别取，从取得的月份起计提。",
)
