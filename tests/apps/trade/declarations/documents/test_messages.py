"""Messages and lists: valid against the schema, complete or marked as drafts, adding up to the plan."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from goods_files import HEADER
from goods_made import DAY, LAW, kinds, line
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.rules.trade.declarations.facts import DeclarationPlan, GoodsLine, orders_of
from youju.trade.declarations.documents import schema_files
from youju.trade.declarations.documents.fields import given_fields, names_of_given
from youju.trade.declarations.documents.folder import write_folder
from youju.trade.declarations.documents.lists import LISTS, write_list
from youju.trade.declarations.documents.message import Message, message
from youju.trade.declarations.documents.schema import NAMESPACE
from youju.trade.declarations.planning import plan

FOLDER = Path(schema_files.__file__).parent
STRICT, DRAFT = (etree.XMLSchema(etree.parse(str(FOLDER / name))) for name in schema_files.FILES)
KNOWN = {
    "first_unit": "个",
    "first_quantity": Decimal(10),
    "second_unit": "千克",
    "second_quantity": Decimal("8.5"),
}
GOODS = (
    *kinds([f"{90 - number}.00" for number in range(8)], **KNOWN),
    line(9, "0.01", order="T2", hs_code="6400000001", name="鞋 <&> “拖”", merchant="=M2", **KNOWN),
)


def planned(goods: tuple[GoodsLine, ...] = GOODS) -> DeclarationPlan:
    return plan(orders_of(goods), LAW)


def made(header: dict[str, str] = HEADER, **changes: Any) -> Message:
    declaration = planned(tuple(replace(each, **changes) for each in GOODS)).declarations[0]
    return message(declaration, LAW, header)


def texts(xml: bytes, name: str) -> list[str]:
    return [each.text or "" for each in etree.fromstring(xml).iter(f"{{{NAMESPACE}}}{name}")]


def test_the_schemas_in_the_package_are_those_of_the_field_list(tmp_path: Path) -> None:
    assert [path.name for path in schema_files.write(tmp_path)] == list(schema_files.FILES)
    for name in schema_files.FILES:
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes(), "run: make reference"


def test_a_complete_message_is_valid_and_no_draft() -> None:
    whole = made()
    assert whole.missing == ()
    STRICT.assertValid(etree.fromstring(whole.xml))
    assert b"<!--" not in whole.xml


def test_the_message_carries_the_fixed_values_the_sums_and_the_goods() -> None:
    xml = made().xml
    for name, wanted in (
        ("IEFlag", "E"),
        ("TradeMode", "1039"),
        ("EntryType", "M"),
        ("PackNo", "9"),
        ("NetWt", "76.5"),
    ):
        assert texts(xml, name) == [wanted]
    assert texts(xml, "GNo") == [str(number) for number in range(1, 8)]
    assert sum(map(Decimal, texts(xml, "DeclTotal"))) == Decimal("692.01")
    assert "鞋 <&> “拖”" in texts(xml, "GName")
    assert set(texts(xml, "GUnit")) == {"007"}
    assert texts(xml, "SecondUnit") == ["035"] * 7


def test_destination_and_origin_stand_in_each_others_field() -> None:
    xml = made().xml
    assert set(texts(xml, "OriginCountry")) == {"KEN"}
    assert set(texts(xml, "DestinationCountry")) == {"CHN"}


def test_fixed_values_are_not_overruled_and_defaults_are() -> None:
    xml = made({**HEADER, "TradeMode": "0110", "DutyMode": "3"}).xml
    assert texts(xml, "TradeMode") == ["1039"]
    assert set(texts(xml, "DutyMode")) == {"3"}


@pytest.mark.parametrize("name", sorted(HEADER))
def test_a_required_field_that_is_not_known_is_named_and_never_made_up(name: str) -> None:
    lacking = made({key: value for key, value in HEADER.items() if key != name})
    assert lacking.is_draft
    assert "草稿，不可发送".encode() in lacking.xml
    field = "OriginCountry" if name == "CountryOfDestination" else name
    assert {gap.field for gap in lacking.missing} == {field}
    assert texts(lacking.xml, field) == []
    assert not STRICT.validate(etree.fromstring(lacking.xml))
    DRAFT.assertValid(etree.fromstring(lacking.xml))


def test_an_unknown_unit_and_an_unknown_statutory_quantity_make_a_draft() -> None:
    lacking = made(unit="坨", first_unit="", first_quantity=None)
    assert {(gap.field, gap.line) for gap in lacking.missing} == {
        (name, number) for name in ("GUnit", "FirstQty", "FirstUnit") for number in range(1, 8)
    }


def test_containers_are_written_when_they_are_known() -> None:
    declaration = planned().declarations[0]
    whole = message(declaration, LAW, HEADER, containers=[{"ContainerId": "CSLU1234567", "GoodsNo": "1,3"}])
    STRICT.assertValid(etree.fromstring(whole.xml))
    assert texts(whole.xml, "GoodsNo") == ["1,3"]


def test_the_schema_refuses_what_does_not_fit_a_field() -> None:
    for old, new in (
        (b"<GUnit>007", b"<GUnit>0007"),
        (b"<DeclTotal>90.00", b"<DeclTotal>90.00001"),
        (b"<GNo>1<", b"<GNo>x<"),
    ):
        xml = made().xml
        assert old in xml
        assert not STRICT.validate(etree.fromstring(xml.replace(old, new)))


def test_a_value_too_long_for_its_field_is_no_message() -> None:
    with pytest.raises(ValueError, match="TrafMode"):
        made({**HEADER, "TrafMode": "22"})


def test_every_field_that_may_be_given_has_a_chinese_name() -> None:
    names = names_of_given()
    assert names["离境口岸"] == "DespPortCode"
    assert names["原产国"] == "CountryOfOrigin"
    assert set(names.values()) == set(given_fields())
    assert "NetWt" not in names, "what the goods give is not given a second time"


def sheet(content: bytes) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


@pytest.mark.parametrize("listing", LISTS, ids=lambda listing: listing.name)
def test_each_list_adds_up_to_the_goods(listing: Any) -> None:
    content = write_list(listing, planned(), GOODS, packing="22", made_on=DAY)
    assert content == write_list(listing, planned(), GOODS, packing="22", made_on=DAY)
    head, *rows = sheet(content)
    assert tuple(head) == listing.headings
    assert len(rows) == (7 if listing.name == "简化归类清单" else 9)
    amount = head.index("金额")
    assert round(sum(row[amount] for row in rows), 2) == 692.01
    assert all(isinstance(row[head.index("商品编码")], str) for row in rows)


def test_the_lists_have_the_brokers_columns_and_no_formula() -> None:
    network, simplified, orders = (sheet(write_list(each, planned(), GOODS, made_on=DAY)) for each in LISTS)
    assert "=M2" in [row[3] for row in network]
    assert [row[1] for row in simplified[1:]] == ["42"] * 6 + ["64"]
    assert [row[5] for row in simplified[1:]] == ["逐项"] * 5 + ["归并"] * 2
    assert [row[0] for row in orders[1:]] == ["T1"] * 8 + ["T2"]


def write(folder: Path, header: dict[str, str], day: date = DAY) -> int:
    return write_folder(folder, planned(), GOODS, law_on(day), header=header, day=day)


def test_a_folder_is_written_whole_and_never_over_another(tmp_path: Path) -> None:
    out = tmp_path / "六月" / "报文"
    assert write(out, HEADER) == 0
    assert sorted(path.name for path in out.iterdir()) == [
        "dec-001.xml",
        "交易单.xlsx",
        "简化归类清单.xlsx",
        "联网清单.xlsx",
    ]
    with pytest.raises(InputError, match="输出文件夹里已有文件"):
        write(out, HEADER)
    (tmp_path / "空").mkdir()
    assert write(tmp_path / "空", {}) == 1
    gaps = (tmp_path / "空" / "缺项.txt").read_text(encoding="utf-8")
    assert "AgentName（申报单位名称）：1 份" in gaps and "DistrictCode（境内货源地）：7 项" in gaps
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_folder_that_cannot_be_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("x")
    with pytest.raises(InputError, match="请换一个文件夹"):
        write(tmp_path / "文件", HEADER)
    with pytest.raises(InputError, match="无法写入文件夹"):
        write(tmp_path / "文件" / "下面", HEADER)


def test_before_the_message_existed_none_is_written(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="那一天还没有报文格式"):
        write(tmp_path / "早", HEADER, date(2018, 7, 31))
    assert write(tmp_path / "首日", HEADER, date(2018, 8, 1)) == 0
    assert list(tmp_path.iterdir()) == [tmp_path / "首日"]
