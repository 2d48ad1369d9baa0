"""What is printed: sheets of codes lead to their page, the report says what the page says."""

from __future__ import annotations

import io
from datetime import date

import pytest
from docx import Document
from openpyxl import load_workbook

import surveys_made as made
from trade_people import person
from youju.foundation.documents.figures.reading import read_figures
from youju.foundation.files.selectors import read_kept
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.errors import InputError
from youju.office.surveys import services
from youju.office.surveys.documents import codes
from youju.office.surveys.selectors.results import reports

ADDRESSES = [f"https://example.test/s/{'A' * 25}{place}" for place in range(5)]


def sheets(title: str = "调查 #标题 *不是标记*") -> codes.Codes:
    return codes.Codes(title, "Survey", "大厅", date(2023, 12, 25), ADDRESSES)


def test_a_sheet_of_codes_is_set_and_the_links_are_text() -> None:
    pdf = codes.made(sheets(), "pdf")
    assert pdf.startswith(b"%PDF") and pdf == codes.made(sheets(), "pdf")
    book = load_workbook(io.BytesIO(codes.made(sheets(), "xlsx"))).active
    rows = [[cell.value for cell in row] for row in book.iter_rows()]
    assert rows[0] == ["渠道", "链接", "截止日期"]
    assert [row[1] for row in rows[1:]] == ADDRESSES
    assert not any(cell.hyperlink for row in book.iter_rows() for cell in row)
    with pytest.raises(InputError, match="没有这种格式"):
        codes.made(sheets(), "doc")


@pytest.mark.django_db
def test_the_report_says_what_the_page_says(staff: User) -> None:
    head = person(Role.HED)
    row, tokens = made.published(staff, head, 8)
    made.answered(row, tokens, *([[5, 4]] * 6))
    row = made.closed(head, row)
    assert services.make_report(actor=staff, survey_id=row.pk).run is not None
    work_off()
    (found,) = reports(row)
    handed, kept = services.hand_out_report(actor=staff, document_id=found.id)
    content = read_kept(kept.sha256)
    words = "\n".join(each.text for each in Document(io.BytesIO(content)).paragraphs)
    assert "发出 8 份，收回 6 份，回收率 75.0 %" in words and "少于 30 份" in words
    figures = {each.subject: each.value for each in read_figures(content, handed.name)}
    assert figures[f"{row.number}:标签:全部量表题"] == "87.5"
    assert {each.code for each in read_figures(content, handed.name)} == {"surveys.satisfaction_rate"}
    with pytest.raises(InputError, match="没有这份报告"):
        services.hand_out_report(actor=staff, document_id="00000000-0000-0000-0000-000000000000")  # type: ignore[arg-type]
