"""The published document of 2023, read as it is printed."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from youju.performance.targets.imports import read_path
from youju.rules.performance.targets.facts import DocumentHead, TargetDocument, Value

SAMPLE = "budget-performance-2023.txt"
# One row of every table, each from another line of the form: level 1, level 2, level 3, description, value, basis.
ROWS = {
    (
        1,
        6,
    ): "效益指标|社会效益指标|对社会发展带来的影响|对社会发展带来的影响|≥96对社会发展带来的影响|保财建[2021]57号",
    (2, 1): "产出指标|数量指标|委托费次数|委托费次数|1次|年度工作计划",
    (3, 4): "产出指标|成本指标|运行保障总成本|运行保障总成本|≤45万元|依据实际工作开展情况",
    (4, 8): "效益指标|可持续影响指标|人数|人数|6人|年度工作计划",
    (5, 6): "效益指标|社会效益指标|企业预期|企业预期|显著提高|保财健【2022】66号",
    (6, 4): "产出指标|成本指标|预算指标总成本|预算指标总成本|447万元|保财建[2021]57号",
    (7, 7): "效益指标|生态效益指标|生态效益提升值%|生态效益提升值%|≥95%|保财建【2022】76号",
    (8, 8): "效益指标|可持续影响指标|示范带动作用|外贸基地示范带动作用|≥90%|保财健【2022】69号",
    (9, 9): "满意度指标|服务对象满意度指标|企业满意度|企业满意度|≥35%|保财健【2022】79号",
    (10, 2): "产出指标|质量指标|资金发放率|资金发放率|≥90%|保财健【2022】105号",
    (11, 5): "效益指标|社会效益指标|试点出口稳定向好|试点出口稳定向好|影响积极|年度工作计划",
    (12, 1): "产出指标|数量指标|服务主体、项目个数|服务主体项目个数|≥5个|年度工作计划",
}
LABELS = """项目编码 项目名称 预算规模及资金用途 预算数 其中：财政资金 其他资金 资金支出计划 3月底 6月底 10月底 12月底 绩效目标
单位：万元 一级指标 二级指标 三级指标 绩效指标描述 指标值 指标值确定依据 第一部分 第二部分 部门整体绩效目标 预算项目绩效目标
一、总体绩效目标 二、分项绩效目标 三、工作保障措施"""
BUDGETS = [
    "553.00",
    "5.00",
    "45.00",
    "45.01",
    "160.00",
    "447.00",
    "2.24",
    "300.00",
    "70.00",
    "18.00",
    "1000.00",
    "300.00",
]


@pytest.fixture(scope="module")
def document(shared: Path) -> TargetDocument:
    return read_path(shared / "samples" / SAMPLE)


def test_twelve_tables_of_nine_rows(document: TargetDocument) -> None:
    assert [len(project.indicators) for project in document.projects] == [9] * 12


def test_the_head_states_unit_and_money_and_no_year(document: TargetDocument) -> None:
    assert document.document == DocumentHead(
        "304001", "保定白沟新城国际贸易服务中心（本级）", "万元", "hebei-2020", None
    )


def test_the_money_is_exact(document: TargetDocument) -> None:
    assert [project.budget for project in document.projects] == BUDGETS
    assert [project.fiscal for project in document.projects] == BUDGETS
    assert {project.other for project in document.projects} == {None}
    assert sum(Decimal(project.budget or 0) for project in document.projects) == Decimal("2945.25")
    older = [project for project in document.projects if project.code[6:8] == "22"]
    assert sum(Decimal(project.budget or 0) for project in older) == Decimal("1550.24")


def test_a_blank_plan_cell_is_no_zero(document: TargetDocument) -> None:
    assert document.projects[5].plan == {"03": None, "06": "447.00", "10": "447.00", "12": "447.00"}
    assert document.projects[3].plan == {"03": "11.25", "06": "22.50", "10": "33.75", "12": "45.01"}


@pytest.mark.parametrize(("place", "printed"), ROWS.items(), ids=str)
def test_a_row_stands_as_printed(document: TargetDocument, place: tuple[int, int], printed: str) -> None:
    row = document.projects[place[0] - 1].indicators[place[1] - 1]
    assert [row.level1, row.level2, row.level3, row.description, row.raw_value, row.basis] == printed.split(
        "|"
    )


def test_values_are_taken_apart(document: TargetDocument) -> None:
    values = {row.raw_value: row.value for project in document.projects for row in project.indicators}
    assert values["≥96综合业务管理工作完成率"] == Value("quantitative", "≥", "96", None)  # type: ignore[arg-type]
    assert values["≥2亿元"] == Value("quantitative", "≥", "2", "亿元")  # type: ignore[arg-type]
    assert values["447万元"] == Value("quantitative", None, "447", "万元")  # type: ignore[arg-type]
    assert values["显著提高"] == Value("qualitative")  # type: ignore[arg-type]


def test_goals_keep_their_number_and_purposes_are_read(document: TargetDocument) -> None:
    assert document.projects[1].goals == ("1.用于聘请法律顾问，保障正常工作运转",)
    assert document.projects[1].purpose == "聘请法律顾问"
    assert all(len(project.goals) == 1 and project.purpose for project in document.projects)


def test_part_one_has_its_goal_subgoals_and_safeguards(document: TargetDocument) -> None:
    department = document.department
    assert department.goal.startswith("以习近平新时代") and department.goal.endswith("高效运转。")
    assert [item.title for item in department.subgoals] == [
        "有效提升市场采购贸易方式试点能级水平，充分发挥国家市场采购贸易方式试点带动作用",
        "特色产业支撑作用进一步强化，促进外贸转型升级",
        "确保市场采购贸易方式试点良性运转",
        "协调对外贸易相关工作，高质高效完成工作任务",
    ]
    assert department.subgoals[2].indicator == "通过对市场采购的日常运营管理，实现试点良性运转。"
    assert len(department.safeguards) == 10
    assert department.safeguards[0].title == "出台支持政策夯实外贸基础"
    assert department.safeguards[9].text.endswith("促进预算绩效管理水平进一步提升。")


def test_every_printed_cell_and_paragraph_is_somewhere_in_what_was_read(
    document: TargetDocument, shared: Path
) -> None:
    """Nothing is lost: each line of the file is a label, or part of the facts, as often as it was printed."""
    labels = set(LABELS.split())
    left = re.sub(r"\[bookmark:[^\]]*\]", "", (shared / "samples" / SAMPLE).read_text("utf-8")).split("\n")
    lines = [line.strip() for line in left if line.strip()]
    found = _texts(document)
    missing = [line for line in lines if re.sub(r"\s", "", line) not in labels and not _take(found, line)]
    assert missing == []
    assert found == {}, "facts that are printed nowhere"


def _texts(document: TargetDocument) -> dict[str, int]:
    head, department = document.document, document.department
    texts = [department.goal]
    for ordinal, item in zip("一二三四", department.subgoals, strict=True):
        texts += [f"（{ordinal}）{item.title}", f"绩效目标：{item.goal}", f"绩效指标：{item.indicator}"]
    for ordinal, safeguard in zip("一二三四五六七八九十", department.safeguards, strict=True):
        texts.append(f"（{ordinal}）{safeguard.title}。{safeguard.text}")
    for number, project in enumerate(document.projects, 1):
        texts += [f"{number}.{project.name}绩效目标表", f"{head.unit_code}{head.unit_name}"]
        texts += [project.code, project.name, project.purpose, *project.goals]
        texts += [
            text for text in (project.budget, project.fiscal, project.other, *project.plan.values()) if text
        ]
        before = ""
        for row in project.indicators:
            texts += [row.level1] * (row.level1 != before)
            texts += [row.level2, row.level3, row.description, row.raw_value, row.basis]
            before = row.level1
    return {text: texts.count(text) for text in texts}


def _take(found: dict[str, int], line: str) -> bool:
    if line not in found:
        return False
    found[line] -= 1
    if not found[line]:
        del found[line]
    return True
