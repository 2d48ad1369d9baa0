"""Lists of goods are read exactly: as xlsx and as JSON the same, and nothing is guessed silently."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from goods_files import HEADER, HEADINGS, ROW, as_bytes, data, row, workbook
from youju.trade.declarations.imports import PlanRequest, read_path
from youju.trade.declarations.imports.requests import today


def read(tmp_path: Path, content: bytes, name: str = "清单") -> PlanRequest:
    path = tmp_path / name
    path.write_bytes(content)
    return read_path(path)


def test_json_and_xlsx_of_the_same_goods_are_the_same(tmp_path: Path) -> None:
    one = read(tmp_path, as_bytes(data({}, {"amount": "0.01", "inspection": True})))
    rows = [ROW, row(序号=2, 金额=0.01, 检验检疫="是")]
    two = read(tmp_path, workbook(rows, header={"日期": "2023-06-01", "币制": "USD"}))
    assert one.lines == two.lines
    assert (one.day, one.currency) == (two.day, two.currency) == (date(2023, 6, 1), "USD")
    assert [line.cents for line in one.lines] == [120_000, 1]
    assert two.notes == ()


def test_money_is_read_digit_by_digit(tmp_path: Path) -> None:
    content = as_bytes(data({"amount": 0})).replace(b'"amount": 0', b'"amount": 999999999999.99')
    assert read(tmp_path, content).lines[0].cents == 99_999_999_999_999
    assert read(tmp_path, workbook([row(金额=0.1 + 0.2)])).lines[0].cents == 30
    assert (
        read(tmp_path, workbook([row(金额="１，２００.５０", 商品编码=4202220000.0)])).lines[0].cents
        == 120_050
    )


def test_aliases_order_of_columns_and_a_title_above_do_not_matter(tmp_path: Path) -> None:
    # fmt: off
    headings = [
        "毛重（千克）",
        "净重(kg)",
        "总价",
        "箱数",
        "计量单位",
        "成交数量",
        "商品名称",
        "HS编码",
        "商户编号",
        "订单号",
        "行号",
    ]
    cells = [90, 80, 1200, 10, "个", 100, "手提包", "4202220000", "M1", "T1", 1]
    made = read(tmp_path, workbook([headings, cells], ["六月商品清单"]))
    assert made.lines == read(tmp_path, as_bytes(data())).lines


def test_what_a_workbook_does_not_say_is_said_aloud(tmp_path: Path) -> None:
    made = read(tmp_path, workbook([ROW[:11]], HEADINGS[:11]))
    assert (made.day, made.currency) == (today(), "USD")
    said = "\n".join(made.notes)
    for text in ("没有写申报日期", "没有写币制", "没有“检验检疫”列", "没有“出口关税”列"):
        assert text in said


def test_optional_quantities_and_currencies_are_read(tmp_path: Path) -> None:
    more = {"unit2": "千克", "quantity2": "80.50", "unit1": "个", "quantity1": "100", "currency": "eur"}
    (line,) = read(tmp_path, as_bytes(data(more, usd_rates={"EUR": "1.08"}))).lines
    assert (line.second_unit, line.second_quantity, line.first_unit, line.first_quantity) == (
        "千克",
        Decimal("80.5"),
        "个",
        Decimal(100),
    )
    assert line.currency == "EUR"


def test_the_header_is_known_by_field_and_by_chinese_name(tmp_path: Path) -> None:
    one = read(tmp_path, as_bytes(data(header=HEADER)))
    labelled = {
        "申报单位名称": HEADER["AgentName"],
        "指运港": HEADER["DistinatePort"],
        "最终目的国": "KEN",
        "毛唛": "",
    }
    del labelled["毛唛"]
    two = read(tmp_path, workbook(header=labelled))
    assert one.header == HEADER
    assert two.header == {"AgentName": "某某报关行", "DistinatePort": "KEN000", "CountryOfDestination": "KEN"}


def test_unknown_fields_are_named_and_not_used(tmp_path: Path) -> None:
    made = read(tmp_path, as_bytes(data({"price": "12.00"}, extra=1)))
    assert made.notes == ("不认识的字段没有用到：extra、price",)


def test_rows_below_without_text_and_a_total_are_no_goods(tmp_path: Path) -> None:
    rows = [ROW, [None] * 13, ["合计", None, None, None, None, None, None, None, 1200]]
    made = read(tmp_path, workbook(rows))
    assert len(made.lines) == 1
    assert any("合计行" in note for note in made.notes)


@pytest.mark.parametrize("shown", [Decimal("100"), Decimal("1E+2"), Decimal("100.000")])
def test_quantities_are_shown_without_needless_zeros(tmp_path: Path, shown: Decimal) -> None:
    from youju.trade.declarations.imports.requests import trimmed

    assert f"{trimmed(shown):f}" == "100"
    line = read(tmp_path, as_bytes(data({"quantity": "2.50"}))).lines[0]
    assert f"{replace(line).quantity:f}" == "2.5"
