"""Proposals: made from what was reached, changed with a reason, adopted as next year's draft; audits with both marks."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from docx import Document

from kept import kept
from proposals_made import Desk, desk, measured, stored
from rules.performance.targets.model_answer import HEBEI
from trade_people import as_
from youju.foundation.documents.figures.reading import read_figures
from youju.foundation.documents.templates import template_of
from youju.foundation.kernel.errors import InputError
from youju.performance.proposals import selectors, services
from youju.performance.proposals.documents.opinion import context_of
from youju.performance.proposals.models import Audit, Proposal, ProposedRow
from youju.performance.proposals.selectors import results
from youju.performance.proposals.services import ProposalRefusedError, RowWish, auditing, proposing
from youju.performance.targets import selectors as targets
from youju.performance.targets.models import TargetSet
from youju.rules.performance.targets.facts import Kind

pytestmark = pytest.mark.django_db


@kept
def made() -> tuple[Desk, TargetSet]:
    people = desk()
    return people, stored()


@pytest.fixture
def reached(monkeypatch: Any) -> None:
    monkeypatch.setattr(proposing, "measured_rows", lambda **_: measured())
    monkeypatch.setattr(auditing, "measured_rows", lambda **_: measured())


def propose(people: Desk, year: int = 2024) -> Proposal:
    with as_(people.officer):
        return services.make_proposal(actor=people.officer, year=year)


def number_row(row: Proposal) -> ProposedRow:
    """A row of which more is better and that has grown."""
    return next(each for each in row.rows.all() if "≥" in each.raw_value and "增长" in each.method)


def edit(people: Desk, row: ProposedRow, raw: str, reason: str = "", **given: Any) -> ProposedRow:
    wish = RowWish(row.level3, row.description, raw, row.basis, reason)
    with as_(people.officer):
        return services.edit_row(
            actor=people.officer, number=row.proposal.number, place=row.place, row=row.row, wish=wish, **given
        )


def test_a_proposal_grows_on_what_was_reached(made: tuple[Desk, TargetSet], reached: None) -> None:
    people, kept_ = made
    row = propose(people)
    rows = list(row.rows.all())
    assert (row.number, row.year, row.target_set) == ("JY2024", 2024, kept_.pk)
    assert len(rows) == sum(len(each.indicators) for each in HEBEI.projects)
    grown = number_row(row)
    assert grown.baseline is not None
    assert "以本年完成" in grown.method
    assert grown.reached
    with pytest.raises(InputError, match="已经有了"):
        propose(people)
    with pytest.raises(InputError, match="没有 2029 年"):
        propose(people, 2030)
    with pytest.raises(PermissionDenied), as_(people.staff):
        services.make_proposal(actor=people.staff, year=2025)


def test_a_change_needs_its_reason_and_stays_measurable(made: tuple[Desk, TargetSet], reached: None) -> None:
    people, _ = made
    row = number_row(propose(people))
    unit = row.raw_value.lstrip("≥0123456789.")
    for raw, reason, rule in (
        (f"≥1{unit}", "", "PRO-001"),
        ("≥999999", "想提高", "PRO-003"),
        ("", "不要了", "PRO-004"),
    ):
        with pytest.raises(ProposalRefusedError) as refused:
            edit(people, row, raw, reason)
        assert rule in {each.rule for each in refused.value.findings}
    saved = edit(people, row, f"≥1{unit}", "服务对象减少", revision=0)
    assert (saved.edited, saved.revision, saved.edited_by) == (True, 1, "pro-officer")
    with pytest.raises(InputError, match="刚才有改动"):
        edit(people, row, f"≥2{unit}", "再改", revision=0)
    assert edit(people, saved, saved.raw_value, "服务对象减少").revision == 1
    row.place = 99
    with pytest.raises(InputError, match="没有这一行"):
        edit(people, row, f"≥2{unit}", "再改")


def test_adopted_it_is_next_years_draft(made: tuple[Desk, TargetSet], reached: None) -> None:
    people, kept_ = made
    row = propose(people)
    with as_(people.officer):
        done = services.adopt_proposal(actor=people.officer, number=row.number, expected="draft")
        with pytest.raises(InputError):
            services.adopt_proposal(actor=people.officer, number=row.number)
    assert done.adopted is not None
    draft = targets.set_of(done.adopted)
    assert draft is not None
    assert (draft.fiscal_year, draft.state, draft.unit_key) == (2024, "draft", kept_.unit_key)
    found = targets.document(draft)
    wanted = selectors.document_of(row)
    assert [each.indicators for each in found.projects] == [each.indicators for each in wanted.projects]
    assert found.department == HEBEI.department
    with pytest.raises(InputError, match="已经办结"):
        edit(people, row.rows.first(), "≥1个", "x")


def test_what_cannot_be_measured_is_not_adopted(made: tuple[Desk, TargetSet], reached: None) -> None:
    people, _ = made
    row = propose(people)
    ProposedRow.objects.filter(pk=number_row(row).pk).update(raw_value="90")
    with pytest.raises(ProposalRefusedError), as_(people.officer):
        services.adopt_proposal(actor=people.officer, number=row.number)
    assert selectors.proposal_page(people.officer, row.number).missing > 0
    with as_(people.officer):
        dropped = services.drop_proposal(actor=people.officer, number=row.number, reason="口径变了")
    assert dropped.state == "dropped"
    assert propose(people).number == "JY2024-2"


def open_audit(people: Desk, kept_: TargetSet, **given: Any) -> Audit:
    with as_(people.finance):
        return services.open_audit(actor=people.finance, target_set_id=kept_.pk, **given)


def test_an_audit_keeps_the_systems_marks_and_the_auditors(
    made: tuple[Desk, TargetSet], reached: None
) -> None:
    people, kept_ = made
    row = open_audit(people, kept_)
    assert (row.number, row.total, row.band, row.marks.count()) == ("SH2023-1", 100, "优", 8)
    with pytest.raises(InputError, match="正在审核"):
        open_audit(people, kept_)

    def mark(value: str | None, why: str = "", item: str = "clear", **given: Any) -> Any:
        with as_(people.finance):
            return services.mark_item(
                actor=people.finance,
                number=row.number,
                item=item,
                mark=Decimal(value) if value else None,
                why=why,
                **given,
            )

    for value, why, rule in (("10.1", "高", "PRO-007"), ("8", "", "PRO-008")):
        with pytest.raises(ProposalRefusedError) as refused:
            mark(value, why)
        assert refused.value.findings[0].rule == rule
    mark("0", "全部看不懂", revision=0)
    with pytest.raises(InputError, match="刚才有改动"):
        mark("1", "x", revision=0)
    with pytest.raises(InputError, match="没有这个小项"):
        mark("1", "x", item="nothing")
    page = selectors.audit_page(people.finance, row.number)
    assert [each.difference for each in page.marks if each.row.item == "clear"] == [-10]
    with pytest.raises(InputError, match="没有写审核意见"), as_(people.finance):
        services.conclude_audit(actor=people.finance, number=row.number, opinion=" ")
    with as_(people.finance):
        done = services.conclude_audit(actor=people.finance, number=row.number, opinion="基本可行")
    assert (done.marked, done.marked_band, done.band) == (90, "优", "优")
    with pytest.raises(InputError, match="已经办结"):
        mark("5", "x")
    told = selectors.plain_audit(people.officer, row.number)
    assert (told["marked"], told["items"][1]["mark"]) == ("90.0", "0.0")
    content = template_of("proposals.opinion").render(context_of(done), "docx")
    assert ("proposals.audit.clear", "10.0") in [
        (each.code, each.value) for each in read_figures(content, "意见.docx")
    ]
    words = "\n".join(
        cell.text
        for table in Document(io.BytesIO(content)).tables
        for line in table.rows
        for cell in line.cells
    )
    assert "-10.0" in words
    assert "全部看不懂" in words


def test_last_years_grades_feed_the_audit(
    made: tuple[Desk, TargetSet], reached: None, monkeypatch: Any
) -> None:
    people, kept_ = made
    poor = {each.code: "差" for each in HEBEI.projects}
    assert open_audit(people, kept_, results=poor).total == 94
    monkeypatch.setattr(results, "_sources", [])
    selectors.register_results(lambda year: poor if year == 2023 else {})
    following = stored(replace(HEBEI, document=replace(HEBEI.document, fiscal_year=2024)), 2024)
    row = open_audit(people, following)
    assert row.results == poor
    by_item = {each.item: each for each in row.marks.all()}
    assert "上年自评 差" in by_item["attainable"].reason
    assert "行的目标低于上年已完成值" in by_item["reasonable"].reason
    with as_(people.finance):
        dropped = services.drop_audit(actor=people.finance, number=row.number, reason="版本不对")
    assert dropped.state == "dropped"
    with pytest.raises(InputError, match="没有这一版"):
        open_audit(people, TargetSet(pk=10**9))
    with pytest.raises(PermissionDenied), as_(people.officer):
        services.open_audit(actor=people.officer, target_set_id=kept_.pk)


def test_the_model_answer_has_rows_of_each_kind() -> None:
    kinds = {row.value.kind for project in HEBEI.projects for row in project.indicators}
    assert Kind.QUANTITATIVE in kinds
