# ruff: noqa: N802  (a test bears the id of its rule)
"""The published tables of 2023: one rule for each count of the domain page, equal to the row.

The demo tables are the same twelve, transcribed; the published text itself is read where it is at hand.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from youju.foundation.policies import law_on
from youju.performance.targets.demo import document as demo
from youju.rules.performance.targets.facts import TargetDocument
from youju.rules.performance.targets.lint import lint

LAW = law_on(date(2023, 1, 1))
SAMPLE = (
    Path(os.environ.get("YOUJU_SHARED", Path(__file__).resolve().parents[5] / "shared"))
    / "samples"
    / "budget-performance-2023.txt"
)
Places = list[tuple[int, int | None]]


def _published() -> TargetDocument:
    if not SAMPLE.is_file():
        pytest.skip("the published sample is not at hand (set YOUJU_SHARED)")
    from youju.performance.targets.imports import read_path

    return read_path(SAMPLE)


@pytest.fixture(scope="module", params=["demo", "published"])
def at(request: pytest.FixtureRequest) -> Callable[[str], Places]:
    """Where a rule speaks: pairs of the project's number (1-12) and the row."""
    document = demo() if request.param == "demo" else _published()
    number = {project.code: place for place, project in enumerate(document.projects, 1)}
    findings = lint(document, LAW)

    def places(rule: str) -> Places:
        said = [finding.at for finding in findings if finding.rule == rule]
        return [(number[str(each["project"])], each["row"]) for each in said]  # type: ignore[misc]

    return places


def _rows(*projects: int, rows: range = range(1, 10)) -> Places:
    return [(project, row) for project in projects for row in rows]


def test_the_tables_are_twelve_by_nine() -> None:
    assert [len(project.indicators) for project in demo().projects] == [9] * 12
    assert demo().projects[5].plan["03"] is None


def test_TGT_005_one_blank_plan_cell(at: Callable[[str], Places]) -> None:
    assert at("TGT-005") == [(6, None)]


def test_TGT_007_basis_typo_in_36_rows(at: Callable[[str], Places]) -> None:
    assert at("TGT-007") == _rows(5, 8, 9, 10)


def test_TGT_008_mismatched_brackets_in_18_rows(at: Callable[[str], Places]) -> None:
    assert at("TGT-008") == _rows(1, 6)


def test_TGT_009_brackets_that_are_not_hexagonal(at: Callable[[str], Places]) -> None:
    assert at("TGT-009") == [(project, None) for project in (1, 5, 6, 7, 8, 9, 10)]


def test_TGT_010_number_without_comparator_in_16_rows(at: Callable[[str], Places]) -> None:
    assert at("TGT-010") == [
        *[(1, 4), (2, 1), (4, 1), (4, 8), (5, 1), (5, 4), (6, 4), (7, 1), (7, 2), (7, 4)],
        *[(8, 4), (9, 4), (10, 1), (10, 4), (11, 2), (11, 3)],
    ]


def test_TGT_012_value_repeats_the_name_without_unit_in_14_rows(at: Callable[[str], Places]) -> None:
    assert at("TGT-012") == [(project, row) for project in (1, 6) for row in (2, 3, 5, 6, 7, 8, 9)]
    assert at("TGT-011") == []


def test_TGT_013_unit_in_the_name_in_8_rows(at: Callable[[str], Places]) -> None:
    assert at("TGT-013") == [(1, 3), (5, 3), (6, 3), (7, 3), (7, 7), (8, 3), (9, 3), (10, 3)]


def test_TGT_014_qualitative_without_tiers_in_7_rows(at: Callable[[str], Places]) -> None:
    assert at("TGT-014") == [(5, 6), (9, 6), (10, 6), (11, 5), (11, 6), (11, 8), (12, 6)]


def test_TGT_015_third_level_equals_second_in_12_rows(at: Callable[[str], Places]) -> None:
    assert at("TGT-015") == [
        *[(1, 7), (2, 7), (5, 5), (5, 7), (6, 7), (7, 5)],
        *[(8, 5), (8, 7), (9, 5), (9, 7), (10, 5), (10, 7)],
    ]


def test_TGT_016_description_equals_third_level_in_102_rows(at: Callable[[str], Places]) -> None:
    said = at("TGT-016")
    assert len(said) == 102
    described = {(8, 6), (8, 8), (9, 8), (10, 8), (11, 9), (12, 1)}
    assert set(_rows(*range(1, 13))) - set(said) == described


def test_TGT_020_satisfaction_outliers_in_projects_8_and_9(at: Callable[[str], Places]) -> None:
    assert at("TGT-020") == [(8, 9), (9, 9)]


def test_TGT_021_one_indicator_with_two_targets(at: Callable[[str], Places]) -> None:
    assert at("TGT-021") == [(4, 5)]


def test_TGT_022_row_order_in_project_11(at: Callable[[str], Places]) -> None:
    assert at("TGT-022") == [(11, 6)]


def test_TGT_025_goal_equals_purpose_in_project_11(at: Callable[[str], Places]) -> None:
    assert at("TGT-025") == [(11, None)]


def test_TGT_027_copied_tables(at: Callable[[str], Places]) -> None:
    assert at("TGT-027") == [(6, None), (10, None)]


def test_TGT_028_all_paid_by_the_end_of_march(at: Callable[[str], Places]) -> None:
    assert at("TGT-028") == [(project, None) for project in (1, 2, 5, 7, 8, 9, 10, 11)]


def test_TGT_029_plan_behind_the_calendar(at: Callable[[str], Places]) -> None:
    assert at("TGT-029") == [(3, None), (4, None), (12, None)]


def test_TGT_030_codes_of_2022_add_up_to_half_the_budget(at: Callable[[str], Places]) -> None:
    assert at("TGT-030") == [(project, None) for project in (1, 5, 6, 7, 8, 9, 10)]


@pytest.mark.parametrize(
    "rule", ["TGT-001", "TGT-002", "TGT-003", "TGT-004", "TGT-006", "TGT-033", "TGT-035"]
)
def test_sums_codes_and_cells_of_the_published_tables_are_right(
    at: Callable[[str], Places], rule: str
) -> None:
    assert at(rule) == []


def test_lint_answers_within_a_tenth_of_a_second() -> None:
    lint(demo(), LAW)
    began = time.process_time()
    lint(demo(), LAW)
    assert time.process_time() - began < 0.1
