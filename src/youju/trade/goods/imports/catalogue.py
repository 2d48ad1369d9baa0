"""A merchant's goods as a spreadsheet. Agents and staff name the party by its filing number; who has one party needs not."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone

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
from youju.trade.goods import permissions, selectors
from youju.trade.goods.imports.kinds import TariffCode
from youju.trade.goods.selectors.tariffs import element_fields
from youju.trade.goods.services.bulk import NewGood, bulk_consequences, bulk_undo, store_goods
from youju.trade.goods.services.values import GoodValues, cleaned, faults_of
from youju.trade.parties.selectors import acting_parties, acting_party_numbered

CODE = "goods.catalogue"
_SAMPLE = 30

COLUMNS = (
    Column("party", "经营户备案号", Code(20), aliases=("备案号",),
           help="外贸代理和中心人员必填；只有一家经营户的可以空着。"),
    Column("name", "中文名称", Text(200), aliases=("商品名称", "品名"), required=True, example="女式单肩包"),
    Column("name_en", "英文名称", Text(200), example="Women's shoulder bag"),
    Column("model", "规格型号", Text(200), aliases=("型号",), example="A-21 30cm"),
    Column("brand_kind", "品牌类型", Choice(selectors.BRAND_KINDS), example="无品牌", help="空着就是无品牌。"),
    Column("brand", "品牌", Text(100)),
    Column("producer", "生产企业", Text(100), aliases=("生产厂家",)),
    Column("unit", "成交单位", Text(10), aliases=("单位",), required=True, example="个"),
    Column("hs_code", "商品编码", TariffCode(), aliases=("HS编码", "税号"), required=True, example="4202221000",
           help="10 位数字；该列须为“文本”格式。"),
    Column("extra_code", "附加编码", Code(3, r"\d{3}", "应为 3 位数字"), help="没有就空着。"),
    Column("elements", "申报要素", Text(3000), example="材质=塑料；种类=单肩包",
           help="写成“要素=内容”，各项用分号隔开；品名、品牌等已有的栏不用再写。"),
)  # fmt: skip


def elements_in(text: str) -> dict[str, str]:
    """``材质=皮革；种类=手提包`` as a mapping.

    Raises:
        ValueError: a part without ``=``.
    """
    found: dict[str, str] = {}
    for part in re.split(r"[;；\n]+", text):
        if not part.strip():
            continue
        name, sign, value = part.replace("＝", "=").partition("=")
        if not sign:
            raise ValueError(f"“{part.strip()[:20]}”里没有等号，请写成“要素=内容”，各项用分号隔开")
        found[name.strip()] = value.strip()
    return found


def values_of(cells: Sequence[Any]) -> GoodValues:
    """The cells of a row, without its party, as a good."""
    name, name_en, model, kind, brand, producer, unit, code, extra, elements = cells
    return cleaned(
        GoodValues(
            name=name, name_en=name_en or "", model=model or "", brand_kind=kind or "none", brand=brand or "",
            producer=producer or "", unit=unit, hs_code=code, extra_code=extra or "",
            elements=elements_in(elements or ""),
        )
    )  # fmt: skip


def _parties(batch: Batch) -> tuple[dict[str, int], int | None]:
    """Filing number → id of the parties of the file that the actor acts for, and the only one where there is but one."""
    today = timezone.localdate()
    mine = acting_parties(batch.actor, today, limit=2)
    named = acting_party_numbered(batch.actor, today, {row.values[0] for row in batch.rows if row.values[0]})
    return {number: party.id for number, party in named.items()}, mine[0].id if len(mine) == 1 else None


def _check(batch: Batch) -> Iterable[CellFinding]:
    numbers, only = _parties(batch)
    today = timezone.localdate()
    wanted = selectors.element_names_of({row.values[8] for row in batch.rows}, today)
    twins = selectors.known_twins([*numbers.values(), *([only] if only else [])])
    seen: dict[tuple[int, str, str, str], int] = {}
    for row in batch.rows:
        number, *cells = row.values
        party = numbers.get(number) if number else only
        if party is None:
            yield CellFinding(row.number, "party", _no_party(number))
        try:
            values = values_of(cells)
        except ValueError as error:
            yield CellFinding(row.number, "elements", str(error))
            continue
        fields = element_fields(wanted.get(values.hs_code, []), day=today)
        for name, sentence in faults_of(values, fields, day=today):
            column, _, element = name.partition(":")
            column = "elements" if column == "element" else column
            yield CellFinding(row.number, column, f"“{element}”：{sentence}" if element else sentence)
        if party is None:
            continue
        key = (party, values.name, values.model, values.hs_code)
        if key in twins:
            yield CellFinding(row.number, "name", f"这件商品已登记过，编号 {twins[key]}；要修改请到商品页")
        elif key in seen:
            yield CellFinding(row.number, "name", f"与第 {seen[key]} 行是同一件商品，请删去一行")
        seen.setdefault(key, row.number)


def _no_party(number: str | None) -> str:
    if number:
        return f"没有备案号为 {number[:20]} 的经营户，或您不能为它登记商品；请核对备案号和委托协议"
    return "请填经营户的备案号：您没有通过备案的经营户，或不止一家"


def _goods(batch: Batch) -> list[NewGood]:
    numbers, only = _parties(batch)
    return [
        NewGood(numbers[row.values[0]] if row.values[0] else int(only or 0), values_of(row.values[1:]))
        for row in batch.rows
    ]


def _compare(batch: Batch) -> Effects:
    goods = _goods(batch)
    parties = sorted({each.party_id for each in goods})
    twins = sorted((*key, number) for key, number in selectors.known_twins(parties).items())
    token = hashlib.sha256(repr((parties, twins, _parties(batch))).encode()).hexdigest()
    sample = tuple(
        (row.number, f"新增 {good.values.hs_code}", "", good.values.name)
        for row, good in zip(batch.rows[:_SAMPLE], goods, strict=False)
    )
    return Effects(len(goods), 0, 0, token, sample)


def _store(batch: Batch) -> Mapping[str, Any]:
    return {"ids": store_goods(actor=batch.actor, goods=_goods(batch))}


CATALOGUE = Importer(
    code=CODE,
    title="批量登记商品",
    permission=permissions.EDIT.value,
    description="商品一行一件，登记后等待认定；已登记过的不会重复登记。",
    columns=COLUMNS,
    check=_check,
    compare=_compare,
    store=_store,
    consequences=lambda batch: bulk_consequences(batch.kept),
    undo=lambda batch: bulk_undo(kept=batch.kept),
    url="/goods/",
)
