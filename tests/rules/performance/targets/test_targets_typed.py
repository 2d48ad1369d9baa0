"""Typed cells: there and back, what cannot be read by cell, the buttons, and two people's tables laid together."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generated_targets import projects
from targets_made import indicator, project
from youju.rules.findings import Finding
from youju.rules.performance.targets.aligning import aligned
from youju.rules.performance.targets.fingerprints import fingerprints
from youju.rules.performance.targets.merging import clashes, merged
from youju.rules.performance.targets.typed import (
    Read,
    Typed,
    read_typed,
    reshaped,
    typed_from_json,
    typed_of,
)

CODE = "13060523P00456310001Q"
# A table is a hundred draws.
FEW = settings(max_examples=40)


def read(typed: Typed) -> Read:
    return read_typed(typed, CODE, most_rows=100, most_characters=2000)


@FEW
@given(projects(CODE))
def test_what_is_stored_comes_back_from_the_form(stored: Any) -> None:
    got = read(typed_of(stored))
    assert got.faults == ()
    assert got.project == stored
    assert got.places == tuple(range(1, len(stored.indicators) + 1))


@FEW
@given(projects(CODE))
def test_a_form_is_kept_as_json(stored: Any) -> None:
    typed = typed_of(stored)
    assert typed_from_json(json.loads(json.dumps(typed.as_json()))) == typed


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("1,000.50", "1000.50"),
        (" ５．００ ", "5.00"),
        ("", None),
        ("05.0", "5.0"),
        ("1，000", "1000"),
        ("0", "0"),
    ],
)
def test_an_amount_is_understood(raw: str, stored: str | None) -> None:
    typed = typed_of(project())
    got = read(replace(typed, head={**typed.head, "budget": raw}))
    assert (got.faults, got.project.budget) == ((), stored)


@pytest.mark.parametrize("raw", ["五万", "5万", "1e5", "NaN", "--1", "1.2.3", "9" * 30, "５００元"])
def test_what_is_no_amount_is_said_at_its_cell(raw: str) -> None:
    typed = typed_of(project())
    got = read(replace(typed, plan={**typed.plan, "06": raw}))
    assert [fault.cell for fault in got.faults] == ["plan.06"]
    assert got.project.plan["06"] is None


def test_a_cell_too_long_a_nul_too_many_rows_and_no_name() -> None:
    typed = typed_of(project())
    row = dict(typed.rows[0]) | {"level3": "长" * 2001, "basis": "甲\x00"}
    got = read(Typed({**typed.head, "name": " "}, typed.plan, typed.goals, (row,) * 101))
    assert {fault.cell for fault in got.faults} >= {"name", "rows", "rows.1.level3", "rows.101.basis"}


def test_blank_rows_and_goals_fall_out_and_places_tell_where_the_others_stood() -> None:
    typed = typed_of(project(3))
    blank = dict.fromkeys(typed.rows[0], "  ")
    got = read(Typed(typed.head, typed.plan, ("", "1.甲"), (blank, typed.rows[0], blank, typed.rows[1])))
    assert (len(got.project.indicators), got.places) == (2, (2, 4))
    assert (got.project.goals, got.goal_places) == (("1.甲",), (2,))


@given(
    st.text("updownrogal:-+ 0123456789１٣\x00", max_size=12)
    | st.sampled_from(["up:1", "down:99", "drop-row:", "drop-goal:0", "up:-1", "drop-row:１"])
)
def test_an_unknown_press_changes_nothing(act: str) -> None:
    typed = typed_of(project(3))
    if act.partition(":")[0] not in ("add-row", "add-goal"):
        assert reshaped(typed, act) == typed


def test_the_buttons() -> None:
    typed = typed_of(project(3))
    first, second, third = typed.rows
    assert reshaped(typed, "down:1").rows == (second, first, third)
    assert reshaped(typed, "up:3").rows == (first, third, second)
    assert reshaped(typed, "drop-row:2").rows == (first, third)
    added = reshaped(typed, "add-row").rows[-1]
    assert (added["level1"], added["level2"], added["level3"]) == (third["level1"], third["level2"], "")
    assert reshaped(reshaped(typed, "add-goal"), "drop-goal:1").goals == ("",)


@FEW
@given(projects(CODE), projects(CODE))
def test_taking_every_cell_gives_mine_and_none_keeps_what_is_stored(one: Any, other: Any) -> None:
    stored, mine = typed_of(one), typed_of(other)
    found = clashes(stored, mine)
    assert merged(stored, mine, {each.key for each in found}) == mine
    kept = merged(stored, mine, ())
    assert sorted(map(str, kept.rows)) == sorted(map(str, stored.rows))
    assert (kept.head, kept.plan, kept.goals) == (stored.head, stored.plan, stored.goals)
    assert len({each.key for each in found}) == len(found)


def test_one_cell_is_taken_over_by_its_key() -> None:
    stored = typed_of(project(2, budget="6.00"))
    mine = typed_of(replace(project(2), purpose="改过的用途"))
    assert [each.key for each in clashes(stored, mine)] == ["budget", "purpose"]
    both = merged(stored, mine, {"purpose"})
    assert (both.head["budget"], both.head["purpose"]) == ("6.00", "改过的用途")


def test_equal_forms_do_not_clash() -> None:
    typed = typed_of(project(4))
    assert clashes(typed, typed) == []


def finding(row: int | None, message: str = "依据薄弱") -> Finding:
    return Finding(message, "", {"project": CODE, "row": row, "field": "basis"}, "TGT-001")


def test_a_finding_keeps_its_mark_when_a_row_is_put_in_above_it() -> None:
    from targets_made import document

    before, more = project(2), indicator("效益指标", "社会效益指标", level3="另一行")
    after = replace(before, indicators=(more, *before.indicators))
    old = fingerprints(document(before), [finding(1), finding(2)])
    new = fingerprints(document(after), [finding(1), finding(2), finding(3)])
    assert old == new[1:]
    assert len({*old, *new}) == 3


def test_equal_findings_are_told_apart_and_other_words_make_another() -> None:
    from targets_made import document

    marks = fingerprints(document(), [finding(None), finding(None), finding(None, "别的话")])
    assert len(set(marks)) == 3
    assert all(len(mark) == 64 for mark in marks)


@FEW
@given(projects(CODE), projects(CODE))
def test_laid_over_each_other_every_row_of_both_stands_once(left: Any, right: Any) -> None:
    rows = aligned(left, right)
    assert [row.right for row in rows if row.right] == list(range(1, len(right.indicators) + 1))
    assert sorted(row.left for row in rows if row.left) == list(range(1, len(left.indicators) + 1))
    if left.indicators == right.indicators:
        assert {row.mark for row in rows} <= {""}


def test_the_marks_of_rows() -> None:
    one, two, three = (indicator(level3=name) for name in "甲乙丙")
    left = project(0, indicators=(one, two))
    right = project(0, indicators=(two, one, three))
    assert [row.mark for row in aligned(left, right)] == ["moved", "moved", "new"]
    assert [row.mark for row in aligned(right, left)].count("gone") == 1
