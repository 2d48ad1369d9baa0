"""Filings by spreadsheet: many merchants with planted errors, all found by cell; nothing stored until corrected; taken back.

``YOUJU_MERCHANTS`` says how many (5,000 in the nightly profile).
"""

from __future__ import annotations

import io
import os
import random
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from django.core.exceptions import PermissionDenied
from django.db import connection

from trade_made_filing import approved, credit_code, merchant_form, resident_id, stalls
from trade_people import as_, person
from youju.foundation.files.selectors import attachments
from youju.foundation.identity.roles import Role
from youju.foundation.imports import jobs, selectors
from youju.foundation.imports import services as imports
from youju.foundation.imports.declaring import find
from youju.foundation.imports.models import Batch, Finding, StagedRow
from youju.foundation.imports.services.receiving import batch_subject
from youju.foundation.imports.template import template_of
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow import selectors as workflow
from youju.rules.trade.parties.fields import FIELDS
from youju.trade.parties import services
from youju.trade.parties.imports import CODE, FILINGS
from youju.trade.parties.models import Identifier, Party

CODES = ("roles", *(field.code for field in FIELDS))
HEAD = [column.heading for column in FILINGS.columns]
MANY, FAULTY, SEED = int(os.environ.get("YOUJU_MERCHANTS", "1000")), 150, 20230601
# A fault for each kind of field: what is written over a good cell, and in which column it must be found.
FAULTS: Sequence[tuple[str, str]] = (
    ("credit_code", "92130684MA0EXAMPL6"),
    ("resident_id", "130684198013010014"),
    ("phone", "12345"),
    ("name", "店"),
    ("legal_person", ""),
    ("address", ""),
    ("chapters", "99"),
    ("roles", "商户"),
    ("tax_kind", "大规模"),
    ("customs_code", "12"),
    ("registered_capital", "五百"),
    ("email", "x@y"),
    ("country", "阿联酋"),
    ("stall_number", ""),
)


def row(number: int, **changes: str) -> list[str]:
    form = {"roles": "市场经营户", **merchant_form(number, stall_number=f"A{number:05d}"), **changes}
    return [form.get(code, "") for code in CODES]


def book(rows: Sequence[Sequence[str]]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as workbook:
        workbook.set_properties({"created": datetime(2023, 6, 1)})  # the same rows, the same bytes
        sheet = workbook.add_worksheet("备案")
        sheet.write_row(0, 0, HEAD)
        for place, cells in enumerate(rows, 1):
            sheet.write_row(place, 0, cells)
    return file.getvalue()


def planted() -> tuple[list[list[str]], set[tuple[int, str]]]:
    """Rows with faults in some of them, each kind ten times, and the cells in which they stand: (row of the sheet, column)."""
    chance = random.Random(SEED)
    rows = [row(number) for number in range(1, MANY + 1)]
    places = set()
    for turn, index in enumerate(chance.sample(range(MANY), FAULTY)):
        code, wrong = FAULTS[turn % len(FAULTS)]
        rows[index][CODES.index(code)] = wrong
        places.add((index + 2, code))
    return rows, places


def bring(user: Any, content: bytes) -> Batch:
    with as_(user):
        batch, _ = jobs.take_in(actor=user, importer=CODE, name="存量主体.xlsx", content=content)
        work_off()
    batch.refresh_from_db()
    return batch


def say_yes(user: Any, batch: Batch) -> Batch:
    with as_(user):
        token = (batch.effects or {})["token"]
        jobs.confirm(actor=user, batch_id=batch.pk, token=token, acknowledged=True)
        work_off()
    batch.refresh_from_db()
    return batch


@pytest.mark.django_db(transaction=True)
def test_many_merchants_with_planted_errors() -> None:
    """All found by their cell and nothing else; nothing stored; corrected, all are handed in."""
    staff = person(Role.STF)
    rows, places = planted()
    batch = bring(staff, book(rows))
    assert (batch.state, batch.rows) == ("findings", MANY)
    found = {(each.row, each.column) for each in Finding.objects.filter(batch=batch, severity="error")}
    assert found == places
    assert len(places) == FAULTY
    assert not (Party.objects.exists() or StagedRow.objects.exists())
    # Not one number is quoted in what is said of it.
    said = " ".join(Finding.objects.filter(batch=batch).values_list("message", flat=True))
    assert "130684198013010014" not in said
    for line, code in places:
        rows[line - 2] = row(line - 1)
        assert code
    batch = bring(staff, book(rows))
    assert (batch.state, batch.effects["new"]) == ("ready", MANY)
    with connection.cursor() as cursor:
        cursor.execute('SELECT "values" FROM imports_stagedrow LIMIT 1')
        assert merchant_form(1)["phone"][:4] not in cursor.fetchone()[0]
    batch = say_yes(staff, batch)
    assert (batch.state, batch.error, batch.kept["rows"]) == ("committed", "", MANY)
    assert Party.objects.filter(state="submitted", sections=["SC"], channel="import").count() == MANY
    assert Identifier.objects.count() == 2 * MANY
    # The files go once the batch is over: they hold the numbers in plain.
    assert attachments(batch_subject(batch)) == []


@pytest.mark.django_db
def test_the_template_reads_back_and_offers_the_choices() -> None:
    assert find(CODE) is FILINGS
    book_ = openpyxl.load_workbook(io.BytesIO(template_of(FILINGS)))
    sheet = book_.worksheets[0]
    assert [cell.value for cell in sheet[1]] == HEAD
    lists = " ".join(str(each.formula1) for each in sheet.data_validations.dataValidation)
    assert "市场经营户" in lists
    assert "一般纳税人" in lists


@pytest.fixture
def staff(db: Any) -> Any:
    return person(Role.STF)


def judged(staff: Any, *rows: list[str]) -> dict[tuple[int, str], str]:
    """What is said of a file, by cell."""
    batch = bring(staff, book(rows))
    return {
        (each.row, each.column): each.message
        for each in Finding.objects.filter(batch=batch, severity="error")
    }


@pytest.mark.django_db(transaction=True)
def test_what_stands_twice_or_is_on_file_already() -> None:
    staff, merchant = person(Role.STF), person(Role.MER, "HONG")
    stalls()
    approved(merchant, staff)
    said = judged(
        staff,
        row(7, credit_code=credit_code(1), stall_number="A0002"),
        row(8, stall_number="A0003"),
        row(9, credit_code=credit_code(8), stall_number="A0003"),
        row(10, stall_number="Z9"),
    )
    assert "已经备案" in said[2, "credit_code"]
    assert (4, "credit_code") in said
    # A row whose cells could not all be read is not judged further: the stall is asked about once the code is mended.
    assert "没有这个摊位" in said[5, "stall_number"]
    both = judged(staff, row(8, stall_number="A0003"), row(9, stall_number="A0003"))
    assert both == {(3, "stall_number"): "与第 2 行是同一个摊位"}


@pytest.mark.django_db(transaction=True)
def test_another_sections_parties_and_who_may_see_the_batch() -> None:
    trade = person(Role.STF, username="stf-wm", sections=("WM",))
    said = judged(trade, row(1))
    assert said == {(2, "roles"): "这类主体由市场服务科受理，请交该科室导入"}
    staff = person(Role.STF)
    batch = bring(staff, book([row(1), row(2, roles="市场经营户、生产企业", scope="箱包", region="白沟")]))
    assert batch.state == "ready"
    for role in (Role.HED, Role.AUD, Role.PFO, Role.FIN):
        user = person(role)
        with as_(user):
            # They may look at imports, but not at identity numbers.
            assert not selectors.batches(user).filter(pk=batch.pk).exists()
    merchant = person(Role.MER, "HONG")
    with as_(merchant), pytest.raises(PermissionDenied):
        jobs.take_in(actor=merchant, importer=CODE, name="x.xlsx", content=b"x")
    with as_(staff):
        imports.discard(actor=staff, batch_id=batch.pk)
    assert attachments(batch_subject(batch)) == []


@pytest.mark.django_db(transaction=True)
def test_a_batch_is_taken_back_whole() -> None:
    staff, colleague = person(Role.STF), person(Role.STF, username="stf-2")
    batch = say_yes(staff, bring(staff, book([row(1), row(2), row(3)])))
    keys = batch.kept["parties"]
    with as_(colleague):
        # One is under review, one sent back, by the time the fault is seen.
        services.take_steps(actor=colleague, party_ids=keys[:1], transition="accept")
        services.take_step(actor=colleague, party_id=keys[1], transition="return", reason="不全")
        assert "其中 2 份已经开始办理" in " ".join(imports.consequences(actor=colleague, batch_id=batch.pk))
        imports.undo(actor=colleague, batch_id=batch.pk, reason="装错了文件")
        assert not (Party.objects.exists() or Identifier.objects.exists())
        assert workflow.cases(flow="parties.party").count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_batch_with_an_approved_filing_is_not_taken_back() -> None:
    staff, colleague = person(Role.STF), person(Role.STF, username="stf-2")
    batch = say_yes(staff, bring(staff, book([row(1), row(2)])))
    keys = batch.kept["parties"]
    with as_(staff), pytest.raises(PermissionDenied):
        services.take_steps(actor=staff, party_ids=keys, transition="accept") and services.take_steps(
            actor=staff, party_ids=keys, transition="approve"
        )
    with as_(colleague):
        services.take_steps(actor=colleague, party_ids=keys[:1], transition="approve")
        with pytest.raises(InputError, match="1 份已经通过备案"):
            imports.consequences(actor=colleague, batch_id=batch.pk)
    assert resident_id(1) not in str(batch.kept)
