"""The agreement as docx and pdf: the signed text, its hash, the signatures; the same bytes each time."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pdfplumber
import pytest
from django.core.exceptions import PermissionDenied
from docx import Document

from trade_made_agree import Pair, pair
from trade_people import as_, person
from youju.foundation.documents.figures import recognise
from youju.foundation.documents.selectors import documents
from youju.foundation.documents.templates import template_of
from youju.foundation.files.selectors import read_kept
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.errors import InputError
from youju.rules.trade.parties.agreement_text import hash_of
from youju.trade.parties import events, services
from youju.trade.parties.documents.agreement import (
    AGREEMENT,
    CODE,
    FORMATS,
    SignedBy,
    agreement_context,
)
from youju.trade.parties.models import Agreement

TEXT = "委托代理出口货物协议\n协议编号：WT1\n委托方：甲 <b>#[x]\n受托方：乙"


def context(**changes: Any) -> dict[str, Any]:
    signed = SignedBy("principal", "甲", "张三", "mer-a", "2026-01-02 03:04:05", "10.0.0.1", hash_of(TEXT))
    usual: dict[str, Any] = {
        "number": "WT1",
        "state": "待签署",
        "text": TEXT,
        "text_hash": hash_of(TEXT),
        "signatures": [signed],
        "as_of": date(2026, 1, 2),
    }
    return agreement_context(**{**usual, **changes})


def words(content: bytes, format: str) -> str:
    """All text of a file, without white space."""
    if format == "docx":
        word = Document(io.BytesIO(content))
        cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
        text = "".join([*(paragraph.text for paragraph in word.paragraphs), *cells])
    else:
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            text = "".join(page.extract_text() for page in pdf.pages)
    return "".join(text.split())


@pytest.mark.parametrize("format", FORMATS)
def test_it_says_the_text_the_hash_and_who_signed(format: str) -> None:
    content = AGREEMENT.render(context(), format)
    said = words(content, format)
    for part in ("协议编号：WT1", "甲<b>#[x]", "张三", "mer-a", "2026-01-0203:04:05", "10.0.0.1", "尚未签署"):
        assert part in said
    if format == "docx":
        assert hash_of(TEXT) in said
    assert AGREEMENT.render(context(), format) == content


def test_a_text_that_is_not_the_signed_one_is_not_printed() -> None:
    with pytest.raises(InputError, match="校验值不符"):
        AGREEMENT.render(context(text=TEXT + "。"), "docx")
    with pytest.raises(InputError, match="不完整"):
        AGREEMENT.render({"text": TEXT}, "pdf")


def test_the_template_is_registered_with_all_its_sources() -> None:
    assert template_of(CODE) is AGREEMENT
    assert {path.name for path in AGREEMENT.sources} >= {"agreement.typ", "word.py", "paper.py"}


@pytest.fixture
def two() -> Pair:
    return pair()


def asked(who: User, row: Agreement, format: str = "pdf") -> Any:
    with as_(who):
        return services.request_agreement(actor=who, agreement_id=row.pk, format=format)


@pytest.mark.django_db
@pytest.mark.parametrize("format", FORMATS)
def test_both_sides_and_staff_have_the_same_file(two: Pair, format: str) -> None:
    row = two.concluded()
    first = asked(two.broker, row, format)
    work_off()
    assert asked(two.seller, row, format).run is None
    for who in (two.seller, two.broker, person(Role.STF), person(Role.AUD)):
        with as_(who):
            found, kept = services.hand_out_agreement(actor=who, document_id=first.id)
        assert found.name == f"代理协议{row.number}.{format}"
    content = read_kept(kept.sha256)
    said = words(content, format)
    for line in row.text.split("\n"):
        assert (
            "".join(line.split()) in said.replace("第1页，共1页", "").replace("第1页，共2页", "")
            or format == "pdf"
        )
    assert two.seller.display_name in said
    made = recognise(content, found.name)
    assert made is not None


@pytest.mark.django_db
def test_a_further_signature_makes_another_file(two: Pair) -> None:
    row = two.offered()
    two.sign(row, two.seller)
    one = asked(two.seller, row, "docx")
    two.sign(row, two.broker)
    other = asked(two.seller, row, "docx")
    assert one.id != other.id
    assert len(documents(events.agreement_subject(row))) == 2


@pytest.mark.django_db
def test_strangers_get_none(two: Pair) -> None:
    row = two.concluded()
    made = asked(two.seller, row, "docx")
    work_off()
    others = pair("MS-B", "WM-B")
    for who in (others.seller, others.broker):
        with pytest.raises(InputError, match="没有这份代理协议"):
            asked(who, row)
        with as_(who), pytest.raises(InputError, match="没有这份代理协议"):
            services.hand_out_agreement(actor=who, document_id=made.id)
    buyer = person(Role.BUY, "CG-1")
    with as_(buyer), pytest.raises(PermissionDenied):
        services.hand_out_agreement(actor=buyer, document_id=made.id)


@pytest.mark.django_db
def test_a_draft_has_no_paper(two: Pair) -> None:
    with pytest.raises(InputError, match="还是草稿"):
        asked(two.seller, two.drafted())
