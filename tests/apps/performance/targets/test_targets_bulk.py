"""Changing many indicators in a spreadsheet: down, changed, up again; what is refused; taking it back."""

from __future__ import annotations

import io
from types import SimpleNamespace
from typing import Any

import pytest
import xlsxwriter
from django.core.exceptions import PermissionDenied
from python_calamine import CalamineWorkbook

from targets_stored import LAWYER
from youju.foundation.audit import selectors as audit
from youju.foundation.imports.declaring import Row, find
from youju.foundation.kernel.errors import InputError
from youju.performance.targets import facts, models, selectors, services
from youju.performance.targets.imports import bulk
from youju.rules.performance.targets.typed import ROW_FIELDS

pytestmark = pytest.mark.django_db
VALUE = 4 + ROW_FIELDS.index("raw_value")


def sheet(officer: Any, target_set: Any) -> list[list[Any]]:
    content = services.bulk_sheet(actor=officer, target_set_id=target_set.pk, headings=bulk.HEADINGS)
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def batch(officer: Any, rows: list[list[Any]], **more: Any) -> Any:
    """What the imports room hands to the importer: blank cells as ``None``, ``删除`` as its code."""
    read = [
        Row(number, tuple({"": None, "删除": "delete"}.get(cell, cell) for cell in row))
        for number, row in enumerate(rows[1:], 2)
    ]
    return SimpleNamespace(id="b-1", actor=officer, parameters={}, rows=read, kept=more.get("kept", {}))


def of_lawyer(rows: list[list[Any]]) -> list[list[Any]]:
    return [row for row in rows if row[1] == LAWYER]


def test_it_is_declared(db: Any) -> None:
    assert find("targets.bulk") is bulk.BULK


def test_the_sheet_comes_back_as_no_change(officer: Any, demo_set: Any) -> None:
    rows = sheet(officer, demo_set)
    assert (rows[0], len(rows)) == (list(bulk.HEADINGS), 1 + 108)
    given = batch(officer, rows)
    assert list(bulk.check(given)) == []
    effects = bulk.compare(given)
    assert (effects.new, effects.changed, effects.unchanged, effects.sample) == (0, 0, 108, ())
    bulk.store(given)
    assert models.Project.objects.filter(revision__gt=0).count() == 0


def test_changed_new_and_dropped_rows_go_in_together(officer: Any, demo_set: Any) -> None:
    rows = sheet(officer, demo_set)
    first, second, *_ = of_lawyer(rows)
    first[VALUE], second[3] = "≥3次", "删除"
    rows.append(
        ["", LAWYER, "", "", "产出指标", "数量指标", "出具意见", "出具法律意见的份数", "≥12份", "合同"]
    )
    given = batch(officer, rows)
    effects = bulk.compare(given)
    assert (effects.new, effects.changed, effects.unchanged, len(effects.sample)) == (1, 2, 106, 3)
    kept = bulk.store(given)
    stored = list(demo_set.projects.get(code=LAWYER).indicators.all())
    assert (len(stored), stored[0].raw_value, stored[-1].level3) == (9, "≥3次", "出具意见")
    assert (stored[-1].operator, stored[-1].number, stored[-1].unit) == ("≥", 12, "份")
    (line,) = audit.history("targets.project", f"{demo_set.pk}:{LAWYER}").lines
    assert "批次 b-1" in line.reason
    assert demo_set.findings.filter(project__code=LAWYER, row=1).exists()
    assert (kept["new"], kept["changed"], kept["dropped"]) == (1, 1, 1)


def test_a_batch_is_taken_back_whole(officer: Any, demo_set: Any) -> None:
    before = facts.document(demo_set)
    rows = sheet(officer, demo_set)
    for row in rows[1:]:
        row[VALUE] = "≥1次"
    kept = bulk.store(batch(officer, rows))
    undoing = batch(officer, rows, kept=kept)
    assert len(bulk.consequences(undoing)) == len(kept["before"]) + 1
    bulk.undo(undoing)
    assert facts.document(demo_set) == before


def test_a_batch_that_others_built_on_is_not_taken_back(officer: Any, demo_set: Any) -> None:
    rows = sheet(officer, demo_set)
    of_lawyer(rows)[0][VALUE] = "≥3次"
    kept = bulk.store(batch(officer, rows))
    page = selectors.editor(user=officer, target_set=demo_set, code=LAWYER)
    assert page is not None
    typed = page.typed.__class__(
        {**page.typed.head, "budget": "6.00"}, page.typed.plan, page.typed.goals, page.typed.rows
    )
    services.save_project(actor=officer, target_set_id=demo_set.pk, code=LAWYER, typed=typed, base=1)
    after = facts.document(demo_set)
    for act in (bulk.consequences, bulk.undo):
        with pytest.raises(InputError, match="又有人改过"):
            act(batch(officer, rows, kept=kept))
    assert facts.document(demo_set) == after


def test_a_row_changed_since_the_download_is_not_overwritten(officer: Any, demo_set: Any) -> None:
    rows = sheet(officer, demo_set)
    of_lawyer(rows)[0][VALUE] = "≥3次"
    given = batch(officer, rows)
    shown = bulk.compare(given).token
    bulk.store(
        batch(officer, [rows[0], [*of_lawyer(rows)[0][:VALUE], "≥9次", *of_lawyer(rows)[0][VALUE + 1 :]]])
    )
    assert bulk.compare(given).token != shown
    (found,) = bulk.check(given)
    assert (found.column, "又有改动" in found.message) == ("row_mark", True)
    with pytest.raises(InputError, match="又有改动"):
        bulk.store(given)


@pytest.mark.parametrize(
    ("change", "column", "message"),
    [
        ({0: "乱写"}, "row_mark", "行标识不对"),
        ({0: f"999999-1-{'0' * 64}"}, "row_mark", "几个版本"),
        ({1: "X1"}, "code", "没有项目 X1"),
        ({0: "", 3: "删除"}, "row_mark", "不知道要删哪一行"),
        (dict.fromkeys((0, *range(4, 10)), ""), "", "是空的"),
    ],
)
def test_a_line_that_cannot_be_taken(
    officer: Any, demo_set: Any, change: dict[int, str], column: str, message: str
) -> None:
    before = facts.document(demo_set)
    rows = sheet(officer, demo_set)
    for at, cell in change.items():
        rows[1][at] = cell
    given = batch(officer, rows)
    found = list(bulk.check(given))
    assert [(each.column, message in each.message) for each in found] == [(column, True)]
    with pytest.raises(InputError):
        bulk.store(given)
    assert facts.document(demo_set) == before


def test_the_same_row_twice_and_a_file_without_marks(officer: Any, demo_set: Any) -> None:
    rows = sheet(officer, demo_set)
    assert [each.message for each in bulk.check(batch(officer, [*rows, rows[1]]))] == [
        "这一行在文件里出现了两次"
    ]
    bare = [rows[0], ["", *rows[1][1:]]]
    assert len(list(bulk.check(batch(officer, bare)))) == 1
    with pytest.raises(InputError, match="没有可用的行标识"):
        bulk.store(batch(officer, bare))


def test_only_a_draft_and_only_the_officer(clean_set: Any, three: dict[str, Any]) -> None:
    rows = sheet(three["PFO"], clean_set)
    with pytest.raises(PermissionDenied):
        sheet(three["FIN"], clean_set)
    services.take_step(actor=three["PFO"], target_set_id=clean_set.pk, transition="submit")
    assert ["已不是草稿" in each.message for each in bulk.check(batch(three["PFO"], rows))] == [True]
    with pytest.raises(InputError, match="不能再改"):
        bulk.store(batch(three["PFO"], rows))
    with pytest.raises(InputError, match="不能再改"):
        sheet(three["PFO"], clean_set)


def test_the_whole_way_through_the_imports_room(officer: Any, demo_set: Any) -> None:
    from youju.foundation.imports import services as room

    before = facts.document(demo_set)
    rows = sheet(officer, demo_set)
    first, second, *_ = of_lawyer(rows)
    first[VALUE], second[3] = "≥3次", "删除"
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell:
                    page.write_string(number, column, cell)
    given, _ = room.receive(actor=officer, importer="targets.bulk", name="改.xlsx", content=file.getvalue())
    checked = room.check_batch(batch_id=given.pk)
    assert (checked.state, checked.faults, checked.error) == ("ready", 0, "")
    assert (checked.effects["changed"], checked.effects["unchanged"]) == (2, 106)
    room.prepare_commit(actor=officer, batch_id=given.pk, token=checked.effects["token"], acknowledged=True)
    assert room.commit_batch(batch_id=given.pk).state == "committed"
    stored = list(demo_set.projects.get(code=LAWYER).indicators.all())
    assert (len(stored), stored[0].raw_value) == (8, "≥3次")
    undone = room.undo(actor=officer, batch_id=given.pk, reason="试一试")
    assert undone.state == "undone"
    assert facts.document(demo_set) == before
