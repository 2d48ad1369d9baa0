"""The table of bad files: each ends in one Chinese sentence that says what, where and how to mend it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from goods_files import HEADINGS, ROW, as_bytes, data, row, workbook
from youju.foundation.kernel.errors import InputError
from youju.trade.declarations.imports import read_path


def without(key: str) -> bytes:
    broken = data()
    del broken["lines"][0][key]
    return as_bytes(broken)


def raw(old: str, new: str) -> bytes:
    return as_bytes(data()).replace(old.encode(), new.encode())


BAD_JSON: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "文件是空的"),
    "blank": (b" \n\t ", "文件是空的"),
    "no json": (b"hello", "这不是 xlsx，也不是 JSON"),
    "picture": (b"\x89PNG\r\n\x1a\n", "这不是 xlsx，也不是 JSON"),
    "cut off": (as_bytes(data())[:-5], "不是可读的 JSON（第 1 行"),
    "deep": (b"[" * 100_000, "不是可读的 JSON"),
    "utf-16": (as_bytes(data()).decode().encode("utf-16"), "JSON 应是 UTF-8 编码"),
    "gbk": (as_bytes(data()).decode().encode("gb18030"), "JSON 应是 UTF-8 编码"),
    "list": (b"[1]", "最外层应是一个对象"),
    "no lines": (as_bytes({"date": "2023-06-01", "currency": "USD"}), "缺少 lines"),
    "no date": (as_bytes({"currency": "USD", "lines": [{}]}), "缺少 date"),
    "no currency": (as_bytes({"date": "2023-06-01", "lines": [{}]}), "缺少 currency"),
    "empty lines": (as_bytes(data(lines=[])), "lines 里没有商品行"),
    "lines no list": (as_bytes(data(lines={"a": 1})), "lines 应是一个列表"),
    "line no object": (as_bytes(data(lines=[1])), "lines 第 1 个：应是一个对象"),
    "date no date": (as_bytes(data(date="2023-02-30")), "“2023-02-30”这一天不存在"),
    "date a number": (as_bytes(data(date=20230601)), "date 应是文字"),
    "month only": (as_bytes(data(date="2023-06")), "只到月"),
    "currency": (as_bytes(data(currency="美元")), "“美元”不是币制代码"),
    "currency a number": (as_bytes(data(currency=502)), "“502”不是币制代码"),
    "currency without rate": (as_bytes(data(currency="EUR")), "没有 EUR 折美元的汇率"),
    "rate": (as_bytes(data(usd_rates={"EUR": "-1"})), "汇率“EUR：-1”不对"),
    "rates": (as_bytes(data(usd_rates=[])), "usd_rates 应是一个对象"),
    "header": (as_bytes(data(header={"Agent": "x"})), "不认识的表头项“Agent”"),
    "header too long": (as_bytes(data(header={"TrafMode": "22"})), "表头项“TrafMode”有 2 个字，最多 1 个"),
    "header no text": (as_bytes(data(header={"TrafMode": ["2"]})), "表头项“TrafMode”应是文字"),
    "NaN": (raw('"1200.00"', "NaN"), "NaN 不是数"),
    "Infinity": (raw('"1200.00"', "-Infinity"), "-Infinity 不是数"),
    "NaN as text": (raw('"1200.00"', '"NaN"'), "amount（金额）“NaN”不是数"),
    "word": (raw('"1200.00"', '"一千"'), "amount（金额）“一千”不是数"),
    "unit in the number": (raw('"1200.00"', '"1200美元"'), "不是数；请只填数字"),
    "power of ten": (raw('"1200.00"', '"1e5"'), "“1e5”不是数"),
    "negative": (raw('"1200.00"', '"-1200.00"'), "小于下限 0"),
    "a third decimal": (raw('"1200.00"', '"1200.001"'), "小数多于 2 位"),
    "a third decimal as number": (raw('"1200.00"', "1200.001"), "小数多于 2 位"),
    "huge": (raw('"1200.00"', "1" + "0" * 30), "大于上限"),
    "vast": (raw('"1200.00"', "1" + "0" * 9_000), "大于上限"),
    "vast power": (raw('"1200.00"', "1e999999"), "不是数"),
    "true": (raw('"1200.00"', "true"), "这里要填数"),
    "object": (raw('"1200.00"', '{"a": 1}'), "amount 应是文字或数"),
    "sixth decimal": (raw('"80.0"', '"80.123456"'), "net_weight（净重）“80.123456”的小数多于 5 位"),
    "half a package": (raw('"packages": 10', '"packages": 1.5'), "不是整数"),
    "code too short": (
        raw("4202220000", "42022200"),
        "hs_code（商品编码）“42022200”写法不对，应为 10 位数字",
    ),
    "code with letters": (raw("4202220000", "42022200AB"), "写法不对，应为 10 位数字"),
    "code that lost its zero": (raw('"4202220000"', "102210000"), "若前面的 0 丢了"),
    "flag": (raw('"inspection": false', '"inspection": "也许"'), "看不出是与否"),
    "line zero": (raw('"line": 1', '"line": 0'), "line（序号）0 小于下限 1"),
    "line twice": (as_bytes(data({}, {"line": 1})), "line 1 与第 1 个重复"),
    "key twice": (raw('"order": "T1"', '"order": "T1", "order": "T2"'), "键“order”在同一个对象里写了两次"),
    "no order": (without("order"), "缺少 order（交易单号）"),
    "blank order": (raw('"T1"', '"  "'), "缺少 order（交易单号）"),
    "no amount": (without("amount"), "缺少 amount（金额）"),
    "name too long": (raw("手提包", "包" * 256), "太长：256 个字，至多 255 个字"),
    "line feed": (raw("手提包", "手\\n提包"), "请去掉换行"),
    "half a sign": (raw("手提包", "\\ud800"), "写法不对"),
}
BAD_XLSX: dict[str, tuple[Callable[[], bytes], str]] = {
    "damaged": (lambda: workbook()[:200], "文件不完整或已损坏"),
    "old office": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "旧版"),
    "no goods": (lambda: workbook([]), "表头下面没有数据"),
    "other table": (lambda: workbook([["a", "b"]], ["甲", "乙"]), "找不到表头"),
    "column missing": (lambda: workbook([ROW[:8]], HEADINGS[:8]), "缺少“金额、净重、毛重”列"),
    "column twice": (lambda: workbook([(*ROW, 1)], (*HEADINGS, "总价")), "表头“金额”出现了不止一次"),
    "word": (lambda: workbook([row(金额="一千")]), "第 2 行 I 列“金额”：“一千”不是数"),
    "negative": (lambda: workbook([ROW, row(序号=2, 数量=-1)]), "第 3 行 F 列“数量”：-1 小于下限 0"),
    "a third decimal": (lambda: workbook([row(金额=1.005)]), "小数多于 2 位"),
    "blank": (lambda: workbook([row(交易单号=None)]), "第 2 行 B 列“交易单号”"),
    "formula": (lambda: workbook([row(金额="=F2*12")]), "公式没有算出结果"),
    "code that lost its zero": (lambda: workbook([row(商品编码=102210000)]), "若前面的 0 丢了"),
    "date in a number": (lambda: workbook([row(数量="2023-06-01")]), "不是数"),
    "line twice": (lambda: workbook([ROW, ROW]), "第 3 行 A 列“序号”：与第 2 行重复"),
    "several": (lambda: workbook([row(金额="x"), row(序号=2, 金额="y")]), "（另有 1 处）"),
    "day": (lambda: workbook(header={"日期": "某日"}), "工作表“表头”：“某日”不是日期"),
    "currency": (lambda: workbook(header={"币制": "RMB1"}), "不是币制代码"),
    "no rate": (lambda: workbook(header={"币制": "CNY"}), "没有 CNY 折美元的汇率"),
    "header": (lambda: workbook(header={"某项": "x"}), "不认识的表头项“某项”"),
    "header first": (lambda: workbook(first="表头"), "第一张工作表应是商品清单"),
}


def refusal(tmp_path: Path, content: bytes) -> str:
    path = tmp_path / "清单.bin"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_path(path)
    return str(caught.value)


def sound(sentence: str, said: str) -> None:
    assert said in sentence
    assert "清单.bin" in sentence, "the file is named"
    assert sentence.endswith("。") and "\n" not in sentence and "。。" not in sentence
    assert "；" in sentence, "how to mend it"


@pytest.mark.parametrize("name", BAD_JSON)
def test_bad_json_is_one_sentence(name: str, tmp_path: Path) -> None:
    content, said = BAD_JSON[name]
    sound(refusal(tmp_path, content), said)


@pytest.mark.parametrize("name", BAD_XLSX)
def test_a_bad_workbook_is_one_sentence(name: str, tmp_path: Path) -> None:
    make, said = BAD_XLSX[name]
    sound(refusal(tmp_path, make()), said)


@pytest.mark.parametrize("value", [None, "", [], {}, True, "￥5", "0x10", "1_000", "--1", "1.2.3", "∞"])
def test_no_odd_amount_gets_through(value: Any, tmp_path: Path) -> None:
    assert "清单.bin" in refusal(tmp_path, as_bytes(data({"amount": value})))
