"""The tariff as a spreadsheet: one line a code. The version's name and first day come with the address of the upload."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from youju.foundation.imports.declaring import Batch, CellFinding, Column, Effects, Importer, Text
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.rules.law import table
from youju.trade.goods import permissions
from youju.trade.goods.imports.kinds import Percentage, TariffCode, elements_of
from youju.trade.goods.selectors import tariffs as reading
from youju.trade.goods.services import tariffs

CODE = "goods.tariff"
_SAMPLE = 60
_NAME = 60
_COMPARED = ("name", "unit1", "unit2", "export_duty", "supervision", "inspection")

COLUMNS = (
    Column("code", "商品编码", TariffCode(), aliases=("税号", "HS编码"), required=True, unique=True,
           example="4202221000", help="10 位数字；该列须为“文本”格式，开头的 0 才不会丢。"),
    Column("name", "商品名称", Text(1000), aliases=("品名", "货品名称"), required=True, example="塑料片作面的手提包"),
    Column("unit1", "法定第一单位", Text(10), aliases=("第一法定单位", "第一计量单位"), required=True, example="千克"),
    Column("unit2", "法定第二单位", Text(10), aliases=("第二法定单位", "第二计量单位"), example="个"),
    Column("export_duty", "出口关税", Percentage(), aliases=("出口税率", "出口关税（%）"), example="20",
           help="百分数，写 20 或 20%；没有的空着。"),
    Column("supervision", "监管条件", Text(30), aliases=("海关监管条件",), example="A"),
    Column("inspection", "检验检疫类别", Text(30), aliases=("检验检疫",), example="M/N"),
    Column("elements", "申报要素", Text(3000), aliases=("规范申报要素",), example="1:品名;2:品牌类型;3:材质",
           help="各项用分号隔开，前面的序号可有可无。"),
)  # fmt: skip


def row_of(values: Sequence[Any]) -> tariffs.TariffRow:
    """A row's values in the order of ``COLUMNS`` as a line to store."""
    code, name, unit1, unit2, duty, supervision, inspection, elements = values
    return tariffs.TariffRow(
        code, name, unit1, unit2 or "", duty, supervision or "", inspection or "", elements_of(elements or "")
    )


def place_of(parameters: Mapping[str, Any]) -> tuple[str, date]:
    """The version's name and first day.

    Raises:
        InputError: one of them is missing, of another form, or taken.
    """
    name = str(parameters.get("name", "")).strip()
    if not name or len(name) > _NAME:
        raise InputError(f"要写明版本名称，1 到 {_NAME} 个字", how="请从“税则版本”的“装入新版本”进来")
    try:
        day = date.fromisoformat(str(parameters.get("valid_from", "")))
    except ValueError as error:
        raise InputError("要写明从哪一天起施行", how="请从“税则版本”的“装入新版本”进来") from error
    tariffs.check_place(name, day)
    return name, day


def _check(batch: Batch) -> Iterable[CellFinding]:
    try:
        place_of(batch.parameters)
    except InputError as error:
        # Said once, at the first row: what is wrong is the upload, not a cell.
        yield CellFinding(batch.rows[0].number if batch.rows else 1, "", str(error))
    units = table(law_on(timezone.localdate()), "trade.goods.units")
    prefixes = reading.known_prefixes(row.values[0][:6] for row in batch.rows)
    for row in batch.rows:
        code, _, unit1, unit2, *_, elements = row.values
        if code[:6] not in prefixes:
            yield CellFinding(
                row.number,
                "code",
                f"协调制度 2022 没有 {code[:6]}，请核对；是我国自设的子目就不用改",
                "warning",
            )
        for column, unit in (("unit1", unit1), ("unit2", unit2)):
            if unit and unit not in units:
                yield CellFinding(
                    row.number, column, f"“{unit}”不在计量单位表里，请按海关的写法填，例如“千克”“个”“双”"
                )
        if unit2 and unit1 == unit2:
            yield CellFinding(row.number, "unit2", "第二单位与第一单位相同；只有一个法定单位时请空着")
        try:
            elements_of(elements or "")
        except ValueError as error:
            yield CellFinding(row.number, "elements", str(error))


def _compare(batch: Batch) -> Effects:
    _, day = place_of(batch.parameters)
    before = reading.version_on(day)
    stored = {line.code: line for line in reading.lines(before)} if before else {}
    new = changed = unchanged = 0
    sample: list[tuple[int, str, str, str]] = []
    seen = set()
    for row in batch.rows:
        line = row_of(row.values)
        seen.add(line.code)
        old = stored.get(line.code)
        if old is None:
            new += 1
            sample.append((row.number, f"新增 {line.code}", "", line.name))
            continue
        told = [name for name in _COMPARED if getattr(old, name) != getattr(line, name)]
        changed, unchanged = changed + bool(told), unchanged + (not told)
        sample += [
            (
                row.number,
                f"{line.code} {reading.FIELDS[name]}",
                _words(getattr(old, name)),
                _words(getattr(line, name)),
            )
            for name in told
        ]
    gone = [line for code, line in stored.items() if code not in seen]
    head: list[tuple[int, str, str, str]] = []
    if before:
        head.append((0, f"{day} 起接替“{before.name}”；不再有的编码", f"{len(gone)} 个", ""))
        head += [(0, f"不再有 {line.code}", line.name, "") for line in gone[: _SAMPLE // 3]]
    return Effects(new, changed, unchanged, _token(), tuple([*head, *sample][:_SAMPLE]))


def _words(value: Any) -> str:
    return "" if value is None else str(value)


def _token() -> str:
    every = reading.versions().values_list("pk", "name", "valid_from", "valid_to", "loaded_at")
    return hashlib.sha256(repr(list(every)).encode()).hexdigest()


def _store(batch: Batch) -> Mapping[str, Any]:
    name, day = place_of(batch.parameters)
    stored = tariffs.store_tariff(
        actor=batch.actor,
        name=name,
        valid_from=day,
        rows=[row_of(row.values) for row in batch.rows],
        source_name=f"批次 {batch.id}",
    )
    return {"version": stored.pk, "name": stored.name, "lines": stored.lines_count}


def _consequences(batch: Batch) -> Sequence[str]:
    found = reading.version(int(batch.kept["version"]))
    if found is None:
        raise InputError("这一版已经撤销", status=409)
    tariffs.refuse_where_used(found)
    return [f"删除税则版本“{found.name}”的 {found.lines_count} 个编码；它之前的一版接着施行。"]


def _undo(batch: Batch) -> None:
    tariffs.remove_tariff(actor=batch.actor, version_id=int(batch.kept["version"]))


TARIFF = Importer(
    code=CODE,
    title="装入税则版本",
    permission=permissions.MANAGE_TARIFF.value,
    description="海关税则的 10 位编码，一行一个。请从“税则版本”进来，先写明版本名称和从哪一天起施行。",
    columns=COLUMNS,
    check=_check,
    compare=_compare,
    store=_store,
    consequences=_consequences,
    undo=_undo,
    url="/tariff/versions/",
)
