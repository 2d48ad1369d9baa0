"""Reading what was written gives the same facts: docx and xlsx, over documents made up and the real one.

Thirty documents made up in the usual run, thousands with ``YOUJU_ROUND_TRIPS`` in the nightly one.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from generated_targets import documents
from youju.performance.targets.documents import write_document
from youju.performance.targets.imports import read_document, read_path
from youju.rules.performance.targets.codec import to_json
from youju.rules.performance.targets.facts import Department, DocumentHead, Indicator, Project, TargetDocument
from youju.rules.performance.targets.values import parse_value

EXAMPLES = int(os.environ.get("YOUJU_ROUND_TRIPS", "30"))


@pytest.mark.parametrize("format", ["docx", "xlsx"])
@given(document=documents())
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_what_was_written_reads_back_the_same(format: str, document: TargetDocument) -> None:
    again = read_document(write_document(document, format), f"x.{format}")
    assert to_json(again) == to_json(document)


@pytest.mark.parametrize("format", ["docx", "xlsx"])
def test_line_breaks_inside_cells_go_as_they_do_at_reading(format: str) -> None:
    row = Indicator(
        "产出\n指标",
        "数量指标",
        "新增\r\n户数",
        "第一行\n第二行",
        "≥5\n户",
        parse_value("≥5户"),
        "计划\u2028书",
    )
    project = Project("A1", "两\n行", "5.00", None, None, "聘请\n顾问", {}, ("1.甲\n乙", "2.丙"), (row,))
    document = TargetDocument(DocumentHead(None, None, "万元", "hebei-2020", None), Department(), (project,))
    read = read_document(write_document(document, format), f"x.{format}").projects[0]
    assert (read.name, read.purpose, read.goals) == ("两行", "聘请顾问", ("1.甲乙", "2.丙"))
    assert read.indicators[0] == Indicator(
        "产出指标", "数量指标", "新增户数", "第一行第二行", "≥5户", parse_value("≥5户"), "计划书"
    )


@pytest.mark.parametrize("format", ["docx", "xlsx"])
def test_months_beyond_the_usual_four_are_kept(format: str) -> None:
    plan = {"03": "1.00", "06": None, "09": "3.00", "10": None, "12": "5.00"}
    project = Project("A1", "项目", "5.00", "5.00", None, "", plan)
    document = TargetDocument(DocumentHead(None, None, "万元", "hebei-2020", None), Department(), (project,))
    assert read_document(write_document(document, format), f"x.{format}").projects[0].plan == plan


@pytest.mark.parametrize("format", ["docx", "xlsx", "pdf"])
def test_the_published_document_reads_back_the_same(format: str, shared: Path) -> None:
    document = read_path(shared / "samples" / "budget-performance-2023.txt")
    again = read_document(write_document(document, format), f"x.{format}")
    assert to_json(again) == to_json(document)
    assert len(again.projects) == 12


def test_pictures_in_the_document_change_nothing_that_is_read(shared: Path) -> None:
    document = read_path(shared / "samples" / "budget-performance-2023.txt")
    assert read_document(write_document(document, "docx", pictures=True), "x.docx") == document
