"""From the order to the message by spreadsheets alone: orders, loads and goods in, the broker's lists and XML out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import etree

import goods_files
import trade_made_goods as made
from cli.test_targets_verbs import youju
from kept import kept
from trade_deals import DAY, Deal, make_deal
from trade_loads import BOXES
from trade_people import as_
from youju.foundation.imports import jobs
from youju.foundation.imports import selectors as batches
from youju.foundation.jobs.running import work_off
from youju.trade.declarations import documents
from youju.trade.orders import services as orders
from youju.trade.orders.imports.orders import COLUMNS, ORDERS
from youju.trade.orders.models import Order, OrderLine
from youju.trade.packing.imports import LOADS
from youju.trade.packing.imports.columns import COLUMNS as LOAD_COLUMNS
from youju.trade.packing.models import PackedLine

pytestmark = pytest.mark.django_db
SCHEMA = etree.XMLSchema(file=Path(documents.__file__).with_name("dec_message.xsd"))
HEADINGS = (*goods_files.HEADINGS, "法定数量", "法定单位", "第二数量", "第二单位")
LISTS = ("联网清单", "简化归类清单", "交易单")
# Reference → pieces of each line at 10.00: more than one declaration holds, and an order of two lines.
DEALS = {"HT-1": (10_000,), "HT-2": (3_000, 1_000), "HT-3": (3_000,)}


@kept
def deal() -> Deal:
    return make_deal()


def orders_file() -> bytes:
    """The merchant's orders in the template of the import."""
    rows = []
    for reference, lines in DEALS.items():
        for place, pieces in enumerate(lines):
            values = {
                "reference": reference, "merchant": "M1", "agent": "A1", "buyer": "B1", "ordered_on": f"{DAY}",
                "country": "KE", "currency": "USD", "good": f"G{place}", "quantity": pieces, "price": 10,
                "packages": pieces // 20, "net_weight": pieces * 0.8, "gross_weight": pieces * 0.9, "volume": pieces / 500,
                "explanation": "补登以前的交易",
            }  # fmt: skip
            rows.append([values.get(column.code, "") for column in COLUMNS])
    return made.workbook([column.heading for column in COLUMNS], *rows)


def orders_by_excel(deal: Deal) -> list[str]:
    """The numbers of the orders, imported by the merchant and confirmed by the agent."""
    with as_(deal.merchant) as user:
        batch, _ = jobs.take_in(actor=user, importer=ORDERS.code, name="交易单.xlsx", content=orders_file())
        work_off()
        batch.refresh_from_db()
        assert batch.state == "ready", batches.findings(batch)
        jobs.confirm(actor=user, batch_id=batch.pk, token=(batch.effects or {})["token"], acknowledged=True)
        work_off()
    numbers = list(Order.objects.order_by("pk").values_list("number", flat=True))
    with as_(deal.agent) as user:
        for number in numbers:
            orders.confirm_order(actor=user, number=number)
    return numbers


def packed_by_excel(deal: Deal, numbers: Sequence[str]) -> list[OrderLine]:
    """The lines that the containers hold, packed by the agent's sheet of loads: every order whole, in one container."""
    rows = []
    for number in numbers:
        values = {
            "packing": "1", "agent": "A1", "packed_on": "2023-06-10", "country": "KE", "container": BOXES[0],
            "kind": "40HQ", "order": number, "bill_of_lading": "OOLU1", "complete": "是",
        }  # fmt: skip
        rows.append([values.get(column.code, "") for column in LOAD_COLUMNS])
    content = made.workbook([column.heading for column in LOAD_COLUMNS], *rows)
    with as_(deal.agent) as user:
        batch, _ = jobs.take_in(actor=user, importer=LOADS.code, name="装箱单.xlsx", content=content)
        work_off()
        batch.refresh_from_db()
        assert batch.state == "ready", batches.findings(batch)
        jobs.confirm(actor=user, batch_id=batch.pk, token=(batch.effects or {})["token"], acknowledged=True)
        work_off()
    packed = PackedLine.objects.filter(container__packing__state="closed").select_related(
        "order_line__order__merchant"
    )
    assert all(each.quantity == each.order_line.quantity for each in packed)
    return sorted((each.order_line for each in packed), key=lambda line: (line.order_id, line.line_no))


def goods_file(lines: Sequence[OrderLine]) -> bytes:
    """The goods as the planner reads them; two statutory quantities where the tariff wants two."""
    rows: list[tuple[Any, ...]] = [
        (
            place, line.order.number, line.order.merchant.number, line.hs_code, line.name, line.quantity, line.unit,
            line.packages, line.amount, line.net_weight, line.gross_weight, "否", "否", line.net_weight, "千克",
            *((line.quantity, line.unit) if line.hs_code == "4202220000" else ("", "")),
        )
        for place, line in enumerate(lines, 1)
    ]  # fmt: skip
    header = {"日期": f"{DAY}", "币制": "USD", **goods_files.HEADER}
    return goods_files.workbook(rows, HEADINGS, header=header)


def read(path: Path) -> list[dict[str, Any]]:
    """The rows of a list by heading."""
    book = openpyxl.load_workbook(path, read_only=True)
    heads, *rows = book.worksheets[0].iter_rows(values_only=True)
    book.close()
    return [dict(zip(heads, row, strict=True)) for row in rows]


def total(rows: list[dict[str, Any]], heading: str) -> Decimal:
    return sum((Decimal(str(row[heading])) for row in rows), Decimal(0))


def plan(path: Path, *options: str | Path) -> dict[str, Any]:
    """What the command says about a file."""
    done = youju("declarations", "plan", path, "--json", *options)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_whole_way_by_spreadsheets_alone(deal: Deal, tmp_path: Path) -> None:
    numbers = orders_by_excel(deal)
    assert len(numbers) == 3
    lines = packed_by_excel(deal, numbers)
    path, out = tmp_path / "商品清单.xlsx", tmp_path / "out"
    path.write_bytes(goods_file(lines))
    found = plan(path, "--out", out)
    assert found["proof"]["optimal"] and len(found["declarations"]) == 2 and not found["refused"]

    # The three lists hold every line once, and agree with the orders to the cent and the gram.
    network, simplified, listed = (read(out / f"{name}.xlsx") for name in LISTS)
    amount = sum(line.amount for line in lines)
    weight = sum(line.net_weight for line in lines)
    for rows in (network, simplified, listed):
        assert (total(rows, "金额"), total(rows, "净重")) == (amount, weight)
        assert total(rows, "箱数") == sum(line.packages for line in lines)
    assert sorted(row["序号"] for row in listed) == [1, 2, 3, 4]
    whole = {
        row["交易单号"]: {each["报关单"] for each in listed if each["交易单号"] == row["交易单号"]}
        for row in listed
    }
    assert set(whole) == set(numbers) and all(len(places) == 1 for places in whole.values())

    # A message for each declaration, complete, saying the same.
    messages = [etree.parse(out / f"dec-{each['number']:03}.xml") for each in found["declarations"]]
    for each, message in zip(found["declarations"], messages, strict=True):
        assert SCHEMA.validate(message), SCHEMA.error_log
        told = [Decimal(total.text) for total in message.iterfind(".//{*}DeclTotal")]
        assert sum(told) == Decimal(each["total"]) <= 150_000

    # The broker's list of orders is itself a list of goods: planned again it gives the same declarations.
    again = plan(out / "交易单.xlsx")
    assert [each["total"] for each in again["declarations"]] == [
        each["total"] for each in found["declarations"]
    ]
