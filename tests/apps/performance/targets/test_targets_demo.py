"""The demo tables say what the published text says."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from youju.performance.targets import demo, facts, models, selectors
from youju.performance.targets.imports import read_path
from youju.rules.performance.targets.codec import project_to_json, to_json

REPOSITORY = Path(__file__).resolve().parents[4]
SHARED = Path(os.environ.get("YOUJU_SHARED", REPOSITORY.parent / "shared"))
SAMPLE = SHARED / "samples" / "budget-performance-2023.txt"

needs_sample = pytest.mark.skipif(
    not SAMPLE.exists(), reason="the published sample is not here (YOUJU_SHARED)"
)


def test_twelve_tables_of_nine_rows() -> None:
    document = demo.document()
    assert [len(project.indicators) for project in document.projects] == [9] * 12
    assert sum(Decimal(project.budget or 0) for project in document.projects) == Decimal("2945.25")
    assert len(document.department.subgoals) == 4
    assert len(document.department.safeguards) == 10
    assert document.projects[5].plan["03"] is None


@needs_sample
def test_the_demo_equals_the_sample_cell_by_cell() -> None:
    sample = read_path(SAMPLE)
    ours = [project_to_json(project) for project in demo.document().projects]
    theirs = [project_to_json(project) for project in sample.projects]
    for mine, published in zip(ours, theirs, strict=True):
        assert mine == published
    head, printed = demo.document().document, sample.document
    assert (head.unit_code, head.unit_name, head.money_unit, head.schema) == (
        printed.unit_code,
        printed.unit_name,
        printed.money_unit,
        printed.schema,
    )


@needs_sample
def test_goals_are_retold_not_copied() -> None:
    published = "".join(SAMPLE.read_text("utf-8").split())
    department = demo.document().department
    told = [
        department.goal,
        *(each.goal for each in department.subgoals),
        *(s.text for s in department.safeguards),
    ]
    for text in told:
        sentence = "".join(text.split())
        assert sentence not in published


def test_serves_names_known_projects_and_subgoals() -> None:
    document = demo.document()
    links = demo.serves()
    assert set(links) == {project.code for project in document.projects}
    assert {number for numbers in links.values() for number in numbers} <= {1, 2, 3, 4}


@pytest.mark.django_db
def test_loading_twice_stores_once() -> None:
    said: list[str] = []
    demo.load(said.append)
    demo.load(said.append)
    assert models.TargetSet.objects.count() == 1
    assert models.Indicator.objects.count() == 108
    assert said == ["载入 2023 年绩效目标：12 个项目", "2023 年绩效目标已在库中"]


@pytest.mark.django_db
def test_the_stored_demo_is_the_demo(demo_set: Any) -> None:
    assert to_json(facts.document(demo_set)) == to_json(demo.document())
    assert facts.serves(demo_set) == demo.serves()


@pytest.mark.django_db
def test_the_subgoal_that_no_project_serves_is_a_finding(demo_set: Any) -> None:
    overview = selectors.overview(year=2023)
    assert overview is not None
    assert (overview.projects, overview.indicators, overview.budget, overview.unserved) == (
        12,
        108,
        "2945.25",
        1,
    )
    department = selectors.department_page(demo_set)
    served = {each.subgoal.order: len(each.projects) for each in department.subgoals}
    assert served == {1: 3, 2: 6, 3: 0, 4: 3}
    assert any("保障市场采购贸易试点良性运转" in each.message for each in department.findings)
