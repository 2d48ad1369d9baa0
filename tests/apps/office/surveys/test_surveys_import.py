"""Paper sheets by spreadsheet: into the box as one, faults at their cells, counted against what was handed out, taken back."""

from __future__ import annotations

from typing import Any

import pytest

import surveys_made as made
import trade_made_goods
from trade_people import as_, person
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.imports import jobs
from youju.foundation.imports import selectors as batches
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.errors import InputError
from youju.office.surveys import services
from youju.office.surveys.imports import PAPER_SHEETS
from youju.office.surveys.models import Envelope, Survey
from youju.office.surveys.selectors import result_page, standing_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(db: None) -> User:
    return person(Role.HED)


def sheet(number: str, count: int, *answers: str) -> list[str]:
    cells = [number, str(count), *answers]
    return cells + [""] * (len(PAPER_SHEETS.columns) - len(cells))


def bring(user: User, *rows: list[str], name: str = "纸质答卷.xlsx") -> Any:
    heads = [column.heading for column in PAPER_SHEETS.columns]
    batch, _ = jobs.take_in(
        actor=user, importer=PAPER_SHEETS.code, name=name, content=trade_made_goods.workbook(heads, *rows), parameters={}
    )  # fmt: skip
    work_off()
    batch.refresh_from_db()
    return batch


def commit(user: User, batch: Any) -> Any:
    jobs.confirm(actor=user, batch_id=batch.pk, token=(batch.effects or {})["token"], acknowledged=True)
    work_off()
    batch.refresh_from_db()
    return batch


def with_paper(staff: User, head: User, handed_out: int) -> Survey:
    row, _ = made.published(staff, head, 3)
    way = made.channel(staff, row, "纸", "paper")
    services.hand_out(actor=staff, survey_id=row.pk, channel_id=way.pk, count=handed_out)
    return row


def errors(batch: Any) -> set[tuple[int, str]]:
    return {(each.row, each.column) for each in batches.findings(batch) if each.severity == "error"}


def test_paper_sheets_go_into_the_box_and_are_counted(staff: User, head: User) -> None:
    row = with_paper(staff, head, 8)
    with as_(staff):
        sheets = [sheet(row.number, 5, "5", "4", "1", "1、3", "很好，请保持") for _ in range(5)]
        batch = bring(staff, *sheets)
        assert errors(batch) == set() and batch.effects["new"] == 5
        commit(staff, batch)
        (hall, paper) = standing_of(Survey.objects.get(pk=row.pk)).channels
        assert (hall.answered, paper.answered, paper.silent) == (0, 5, 3)
        assert {each.batch for each in Envelope.objects.all()} == {str(batch.pk)}
    page = result_page(staff, made.closed(head, row).pk)
    assert page.whole and (page.whole.now.n, f"{page.whole.now.mean:.1f}") == (5, "87.5")
    assert page.questions[4].remarks == ("很好，请保持",) * 5
    assert [option.count for option in page.questions[3].options] == [5, 0, 5]


def test_each_fault_stands_at_its_cell_and_nothing_is_stored(staff: User, head: User) -> None:
    row = with_paper(staff, head, 4)
    with as_(staff):
        batch = bring(
            staff,
            sheet(row.number, 5, "5", "6"),
            sheet(row.number, 5, "", "4"),
            sheet(row.number, 4, "5", "4", "3"),
            sheet("MYD2020-001", 5, "5", "4"),
            sheet(row.number, 5, "5", "4", "", "1、1", "", "多一题"),
        )
        assert errors(batch) == {
            (2, "count"),
            (2, "q2"),
            (3, "q1"),
            (4, "count"),
            (4, "q3"),
            (5, "survey"),
            (6, "q4"),
            (6, "q6"),
        }
        assert errors(bring(staff, sheet("MYD2020-009", 1, "5"), name="没有.xlsx")) == {(2, "survey")}
        other, _ = made.published(staff, head, 1)
        assert errors(bring(staff, sheet(other.number, 1, "5", "5"), name="无渠道.xlsx")) == {(2, "survey")}
    assert not Envelope.objects.exists()


def test_no_more_come_back_than_were_handed_out(staff: User, head: User) -> None:
    row = with_paper(staff, head, 3)
    with as_(staff):
        commit(staff, bring(staff, *[sheet(row.number, 2, "5", "4")] * 2))
        second = bring(staff, *[sheet(row.number, 2, "4", "4")] * 2, name="二.xlsx")
        assert commit(staff, second).state != "committed"
        assert Envelope.objects.count() == 2


def test_a_batch_is_taken_back_until_the_box_is_opened(staff: User, head: User) -> None:
    row = with_paper(staff, head, 9)
    with as_(staff):
        first = commit(staff, bring(staff, *[sheet(row.number, 3, "5", "4")] * 3))
        second = commit(staff, bring(staff, sheet(row.number, 1, "1", "1"), name="二.xlsx"))
        assert services.remove_sheets(batch=str(first.pk)) == 3
        assert Envelope.objects.count() == 1
    made.closed(head, row)
    with pytest.raises(InputError, match="分不出来"):
        services.remove_sheets(batch=str(second.pk))
