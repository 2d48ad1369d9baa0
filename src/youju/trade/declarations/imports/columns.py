"""The columns of a list of goods, for spreadsheets and JSON alike: a JSON key is a column's code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from youju.foundation.imports.declaring import Amount, Batch, Code, Column, Flag, Importer, Kind, Text, Whole

_PLAIN = r"[^\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+"
_NO_CONTROLS = "请去掉换行和看不见的控制字符"
_MOST = "999999999999.99"  # what a double holds to the cent, and less than a message's field
_WHOLE = 999_999_999


def _text(longest: int) -> Kind:
    return Text(longest, _PLAIN, _NO_CONTROLS)


def _number(places: int, most: str = _MOST) -> Kind:
    return Amount(places, least="0", most=most)


COLUMNS = (
    Column("line", "序号", Whole(1, _WHOLE), ("行号", "项次", "序"), required=True, unique=True, example="1"),
    Column("order", "交易单号", Code(64, _PLAIN, _NO_CONTROLS), ("交易单", "交易单编号", "订单号", "单号"),
           required=True, example="T1"),
    Column("merchant", "商户号", Code(64, _PLAIN, _NO_CONTROLS), ("商户", "商户编号", "商户代码", "市场经营户"),
           required=True, example="M1"),
    Column("hs_code", "商品编码", Code(10, "[0-9]{10}", "应为 10 位数字；若前面的 0 丢了，请把该列设为“文本”格式"),
           ("HS编码", "HS", "税号", "税则号列", "海关编码"), required=True, example="4202220000"),
    Column("name", "品名", _text(255), ("商品名称", "货物名称", "名称"), required=True, example="女式手提包"),
    Column("quantity", "数量", _number(5), ("成交数量", "申报数量"), required=True, example="100"),
    Column("unit", "单位", _text(20), ("计量单位", "成交单位", "申报单位"), required=True, example="个"),
    Column("packages", "件数", Whole(0, _WHOLE), ("箱数", "包装件数"), required=True, example="10"),
    Column("amount", "金额", _number(2), ("总价", "货值", "金额（美元）", "总金额"), required=True, example="1200.00"),
    Column("net_weight", "净重", _number(5), ("净重（千克）", "净重（kg）", "净重（公斤）"), required=True, example="80"),
    Column("gross_weight", "毛重", _number(5), ("毛重（千克）", "毛重（kg）", "毛重（公斤）"), required=True, example="90"),
    Column("inspection", "检验检疫", Flag(), ("是否检验检疫", "商检", "法检"), example="否"),
    Column("export_duty", "出口关税", Flag(), ("是否征出口关税", "征出口关税", "征税"), example="否"),
    Column("quantity2", "第二数量", _number(5), ("法定第二数量",)),
    Column("unit2", "第二单位", _text(20), ("法定第二单位", "第二计量单位")),
    Column("quantity1", "法定数量", _number(5), ("法定第一数量", "第一数量")),
    Column("unit1", "法定单位", _text(20), ("法定第一单位", "第一单位", "法定计量单位")),
    Column("currency", "币制", Code(3, "[A-Za-z]{3}", "应为三个字母，例如 USD"), ("币种", "货币")),
)  # fmt: skip
BY_CODE = {column.code: column for column in COLUMNS}


def _store(batch: Batch) -> Mapping[str, Any]:
    raise RuntimeError(f"{batch.id}: a list of goods is planned, not stored")


GOODS = Importer("declarations.goods", "商品清单", "", COLUMNS, _store)
"""Never registered: it lends its columns to the reading of spreadsheets."""
