"""What the declarations room gets of a packing, and the packing list as a file."""

from __future__ import annotations

import io
from decimal import Decimal

import docx
import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kept import kept
from trade_deals import make_deal
from trade_loads import BOXES, boxed, confirmed, opened
from trade_people import as_
from youju.foundation.audit.selectors import history
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.errors import InputError
from youju.trade.packing import selectors, services
from youju.trade.packing.documents.sheets import LIST, list_context
from youju.trade.packing.facts import PackWish
from youju.trade.packing.models import PackedLine

pytestmark = pytest.mark.django_db


@kept
def deal():
    return make_deal()


@pytest.fixture
def packed(deal):
    """30 pieces of the first line in one container and the rest of it in another; nothing of the second line."""
    loaded = opened(deal, confirmed(deal), close=True)
    row, boxes = boxed(deal, *BOXES[:2])
    line = loaded.lines.order_by("pk")[0].pk
    with as_(deal.agent) as user:
        for box, quantity in zip(boxes, (Decimal(30), Decimal(20)), strict=True):
            services.pack(actor=user, number=row.number, container=box.pk, wishes=[PackWish(line, quantity)])
    return row


def test_lines_for_planning(deal, packed) -> None:
    with as_(deal.agent) as user, CaptureQueriesContext(connection) as queries:
        (line,) = selectors.lines_for_planning(actor=user, number=packed.number)
    assert len(queries) <= 5
    assert (line.merchant, line.hs_code, line.name, line.unit) == ("M1", "4202220000", "女包0", "个")
    assert (line.amounts.quantity, line.amounts.packages, line.amounts.amount) == (50, 5, Decimal("600.00"))
    assert (line.unit1, line.quantity1, line.unit2, line.quantity2) == (
        "千克",
        Decimal(40),
        "个",
        Decimal(50),
    )
    assert line.packed == tuple(PackedLine.objects.order_by("pk").values_list("pk", flat=True))
    assert line.containers == BOXES[:2]
    with as_(deal.agent) as user:
        assert selectors.lines_for_planning(actor=user, number="X0") is None


def test_the_list_as_a_workbook_and_as_paper(deal, packed) -> None:
    with as_(deal.agent) as user:
        context = list_context(selectors.packing_page(actor=user, number=packed.number))
    book = openpyxl.load_workbook(io.BytesIO(LIST.render(context, "xlsx")))
    assert book.sheetnames == ["装箱图", "装箱明细"]
    rows = list(book["装箱明细"].iter_rows(values_only=True))
    assert [row[0] for row in rows[1:3]] == list(BOXES[:2])
    assert rows[1][6:] == ("30.00000", "3", "24.00000", "27.00000", "0.240000", "360.00")
    assert rows[3][7:] == ("5", "40.00000", "45.00000", "0.400000", "600.00")
    paper = LIST.render(context, "pdf")
    assert paper.startswith(b"%PDF") and paper == LIST.render(context, "pdf")
    with pytest.raises(InputError, match="不完整"):
        LIST.render({}, "pdf")


def test_the_list_as_a_word_document(deal, packed) -> None:
    with as_(deal.agent) as user:
        context = list_context(selectors.packing_page(actor=user, number=packed.number))
    made = LIST.render(context, "docx")
    assert made == LIST.render(context, "docx")
    word = docx.Document(io.BytesIO(made))
    first, second = word.tables
    assert [cell.text for cell in first.rows[1].cells][3:] == [
        "女包0", "个", "30.00000", "3", "24.00000", "27.00000", "0.240000", "360.00",
    ]  # fmt: skip
    assert second.rows[1].cells[5].text == "20.00000"
    told = "".join(paragraph.text for paragraph in word.paragraphs)
    assert f"装箱单 {packed.number}" in told
    assert "合计 2 箱，5 件" in told
    assert "░ 0.7%" in told


def test_asked_for_made_and_handed_out(deal, packed) -> None:
    with as_(deal.agent) as user:
        asked = services.request_list(actor=user, number=packed.number, format="xlsx")
        word = services.request_list(actor=user, number=packed.number, format="docx")
    work_off()
    with as_(deal.agent) as user:
        assert services.request_list(actor=user, number=packed.number, format="xlsx").reused
        found, kept = services.hand_out_list(actor=user, document_id=asked.id)
    assert found.name == f"装箱单{packed.number}.xlsx"
    assert kept.size > 1000
    with as_(deal.agent) as user:
        assert services.hand_out_list(actor=user, document_id=word.id)[0].name.endswith(".docx")
    assert "下载了装箱文书" in {line.deed for line in history("packing.packing", packed.number).lines}
    with as_(make_deal("Z").agent) as user, pytest.raises(InputError) as refused:
        services.hand_out_list(actor=user, document_id=asked.id)
    assert refused.value.status == 404


def test_an_empty_packing_has_no_list(deal) -> None:
    row, _ = boxed(deal)
    with as_(deal.agent) as user, pytest.raises(InputError, match="还没有货"):
        services.request_list(actor=user, number=row.number, format="pdf")
