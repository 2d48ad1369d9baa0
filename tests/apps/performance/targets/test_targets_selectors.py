"""What lists, pages and the search read, and that it takes as many queries for any size."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kept import kept
from youju.performance.targets import demo, models, selectors
from youju.performance.targets.services.storing import store
from youju.rules.performance.targets.facts import TargetDocument

pytestmark = pytest.mark.django_db
LAWYER = "13060523P00456310001Q"
HASH = "0" * 64


@kept
def large_set() -> models.TargetSet:
    """Two years later: 60 projects of 30 rows."""
    facts = demo.document()
    document = replace(facts, document=replace(facts.document, fiscal_year=None))
    base = document.projects[0]
    projects = tuple(
        replace(base, code=f"P{number}", name=f"项目 {number}", indicators=(base.indicators * 4)[:30])
        for number in range(60)
    )
    return store(
        replace(document, projects=projects),
        fiscal_year=2025,
        source_name="大",
        source_sha256=HASH,
        imported_by=None,
        is_demo=False,
    )


def queries(call: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as captured:
        call()
    return len(captured)


@pytest.mark.parametrize(
    "call",
    [
        pytest.param(selectors.project_rows, id="list"),
        pytest.param(lambda s: selectors.project_page(s, s.projects.all()[0].code), id="project"),
        pytest.param(selectors.department_page, id="department"),
        pytest.param(lambda s: list(selectors.findings(s)), id="findings"),
        pytest.param(selectors.document, id="document"),
        pytest.param(selectors.overview_of, id="overview"),
    ],
)
def test_as_many_queries_for_any_size(
    demo_set: models.TargetSet, large_set: models.TargetSet, call: Callable[[models.TargetSet], Any]
) -> None:
    assert queries(lambda: call(demo_set)) == queries(lambda: call(large_set)) <= 9


def test_the_latest_year_is_shown_when_none_is_named(
    demo_set: models.TargetSet, large_set: models.TargetSet
) -> None:
    assert selectors.active_set() == large_set
    assert selectors.active_set(year=2023) == demo_set
    assert selectors.active_set(year=2024) is None
    assert selectors.active_set(year=2023, unit="other") is None
    assert [each.fiscal_year for each in selectors.active_sets()] == [2025, 2023]


def codes(rows: list[selectors.ProjectRow]) -> list[int]:
    return [row.number for row in rows]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("", list(range(1, 13))),
        ("法律顾问", [2]),
        ("13060523P00454", [3, 4, 11, 12]),
        ("劳务 保障", [4]),
        ("≥2亿元", [11]),
        ("105号", [10]),
        ("提升市场采购贸易方式试点能级", [1, 6]),
        ("没有这个词", []),
        ("%", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
        ("\0", list(range(1, 13))),
    ],
)
def test_projects_are_found_by_words(demo_set: models.TargetSet, text: str, numbers: list[int]) -> None:
    assert codes(selectors.project_rows(demo_set, text=text)) == numbers


def test_projects_are_filtered_by_severity_and_funds(demo_set: models.TargetSet) -> None:
    assert codes(selectors.project_rows(demo_set, severity="error")) == [4, 5, 8, 9, 10]
    assert codes(selectors.project_rows(demo_set, funds="carried")) == [1, 5, 6, 7, 8, 9, 10]
    assert codes(selectors.project_rows(demo_set, funds="new")) == [2, 3, 4, 11, 12]
    assert len(selectors.project_rows(demo_set, funds="fiscal")) == 12
    assert selectors.project_rows(demo_set, funds="other") == []


def test_a_row_of_the_list_counts_its_findings(demo_set: models.TargetSet) -> None:
    row = selectors.project_rows(demo_set, codes=["13060522P004513100016"])[0]
    project = demo_set.projects.get(code=row.code)
    for severity, count in (("error", row.errors), ("warning", row.warnings), ("hint", row.hints)):
        assert project.findings.filter(severity=severity).count() == count
    assert row.findings == project.findings.count()
    assert row.plan == {"03": "300.00", "06": "300.00", "10": "300.00", "12": "300.00"}


def test_the_page_of_a_project_holds_each_finding_once(demo_set: models.TargetSet) -> None:
    for number, row in enumerate(selectors.project_rows(demo_set), 1):
        page = selectors.project_page(demo_set, row.code)
        assert page is not None
        beside = [each for part in page.at_part.values() for each in part]
        beside += [each for line in page.rows for each in line.findings]
        assert sorted(each.pk for each in beside) == sorted(each.pk for each in page.findings)
        assert (page.previous is None, page.next is None) == (number == 1, number == 12)
        assert [(line.level1_span, line.level2_span) for line in page.rows] == [
            (4, 1), (0, 1), (0, 1), (0, 1), (4, 1), (0, 1), (0, 1), (0, 1), (1, 1),
        ]  # fmt: skip


def test_a_blank_plan_cell_stays_blank(demo_set: models.TargetSet) -> None:
    page = selectors.project_page(demo_set, "13060522P00451410001U")
    assert page is not None
    assert page.plan_cells == [(3, None), (6, "447.00"), (10, "447.00"), (12, "447.00")]
    assert [each.rule for each in page.at_part["plan"]][:1] == ["TGT-005"]


def test_an_unknown_project_has_no_page(demo_set: models.TargetSet) -> None:
    assert selectors.project_page(demo_set, "X1") is None
    assert selectors.project_page(demo_set, "\0") is None


def test_findings_by_rule_project_and_severity(demo_set: models.TargetSet) -> None:
    assert selectors.findings(demo_set, rule="TGT-007").count() == 36
    assert selectors.findings(demo_set, rule="TGT-007", project="13060522P004513100016").count() == 9
    assert selectors.findings(demo_set, severity="error", rule="TGT-016").count() == 0
    assert selectors.findings(demo_set, text="疑为错字").count() == 36
    counts = {each.rule: each.count for each in selectors.rule_counts(demo_set)}
    assert counts["TGT-016"] == 102
    assert sum(counts.values()) == demo_set.findings.count()


def test_the_search_leads_to_projects_and_rows(demo_set: models.TargetSet) -> None:
    hits = selectors.search("法律顾问")
    assert [(hit.kind, hit.title) for hit in hits] == [("项目", "国贸中心法律顾问费")]
    assert hits[0].url == f"/targets/{LAWYER}/?year=2023"
    rows = selectors.search("试点出口额")
    assert rows[0].title == "试点出口额 ≥2亿元"
    assert rows[0].url.endswith("/?year=2023#row-1")
    assert selectors.search("  \0 ") == []
    assert len(selectors.search("国贸中心", limit=3)) == 3


def test_the_search_knows_active_versions_only(demo_set: models.TargetSet, document: TargetDocument) -> None:
    projects = tuple(each for each in document.projects if each.code != LAWYER)
    store(
        replace(document, projects=projects),
        fiscal_year=2023,
        source_name="新",
        source_sha256=HASH,
        imported_by=None,
        is_demo=True,
    )
    assert selectors.search("法律顾问") == []
