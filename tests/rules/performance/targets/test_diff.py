"""What an uploaded document changes beside the stored one, by project and by cell."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from youju.rules.performance.targets.diff import CellChange, compare
from youju.rules.performance.targets.facts import (
    Department,
    DocumentHead,
    Indicator,
    Project,
    Safeguard,
    Subgoal,
    TargetDocument,
)
from youju.rules.performance.targets.values import parse_value

HEAD = DocumentHead("304001", "中心", "万元", "hebei-2020", None)


def row(level3: str, raw: str = "≥90%", level2: str = "数量指标") -> Indicator:
    return Indicator("产出指标", level2, level3, f"{level3}的描述", raw, parse_value(raw), "年度工作计划")


def project(code: str, *rows: Indicator) -> Project:
    return Project(
        code, f"项目{code}", "5.00", "5.00", None, "用途", {"03": "1.00", "12": "5.00"}, ("1.甲",), rows
    )


def document(*projects: Project, department: Department | None = None) -> TargetDocument:
    return TargetDocument(HEAD, department or Department("目标"), projects)


A, B, C = project("A1", row("一"), row("二")), project("B2", row("一")), project("C3")


def cells(before: Project, after: Project) -> list[CellChange]:
    changed = compare(document(before), document(after)).changed
    return list(changed[0].cells) if changed else []


def test_the_same_document_changes_nothing() -> None:
    difference = compare(document(A, B), document(A, B))
    assert difference.empty
    assert difference.unchanged == 2


def test_with_nothing_stored_every_project_is_new() -> None:
    difference = compare(None, document(A, B))
    assert difference.new == (A, B)
    assert not difference.empty


def test_new_and_gone_projects_are_told_by_code() -> None:
    difference = compare(document(A, B), document(A, C))
    assert (difference.new, difference.gone, difference.changed, difference.unchanged) == ((C,), (B,), (), 1)


def test_cells_of_the_head_of_a_project() -> None:
    after = replace(A, budget="6.00", other="1.00", plan={"03": None, "12": "6.00"}, goals=("1.甲", "2.乙"))
    assert cells(A, after) == [
        CellChange("项目", "预算数", "5.00", "6.00"),
        CellChange("项目", "其他资金", None, "1.00"),
        CellChange("资金支出计划", "3月底", "1.00", None),
        CellChange("资金支出计划", "12月底", "5.00", "6.00"),
        CellChange("绩效目标", "第 2 条", None, "2.乙"),
    ]


def test_months_beside_the_usual_four_are_compared() -> None:
    after = replace(A, plan={**A.plan, "09": "4.00"})
    assert cells(A, after) == [CellChange("资金支出计划", "9月底", None, "4.00")]


def test_a_changed_value_is_one_cell() -> None:
    after = replace(A, indicators=(row("一", "≥95%"), A.indicators[1]))
    assert cells(A, after) == [CellChange("第 1 行", "指标值", "≥90%", "≥95%", 1)]


def test_a_renamed_indicator_is_no_new_row() -> None:
    after = replace(A, indicators=(A.indicators[0], replace(A.indicators[1], level3="二之二")))
    assert cells(A, after) == [CellChange("第 2 行", "三级指标", "二", "二之二", 2)]


def test_a_new_and_a_gone_row_are_each_one_change() -> None:
    new = row("三", level2="质量指标")
    after = replace(A, indicators=(A.indicators[0], new))
    assert cells(A, after) == [
        CellChange("第 2 行", "整行", None, "产出指标｜质量指标｜三｜三的描述｜≥90%｜年度工作计划", 2),
        CellChange("原第 2 行", "整行", "产出指标｜数量指标｜二｜二的描述｜≥90%｜年度工作计划", None),
    ]


def test_a_row_put_in_between_moves_no_other() -> None:
    after = replace(A, indicators=(A.indicators[0], row("新", level2="质量指标"), A.indicators[1]))
    assert [(cell.place, cell.label) for cell in cells(A, after)] == [("第 2 行", "整行")]


def test_rows_that_change_places_are_said() -> None:
    after = replace(A, indicators=A.indicators[::-1])
    assert [(cell.label, cell.before, cell.after) for cell in cells(A, after)] == [
        ("排列顺序", "第 2 行", "第 1 行"),
        ("排列顺序", "第 1 行", "第 2 行"),
    ]


def test_projects_that_change_places_are_said() -> None:
    changed = compare(document(A, B), document(B, A)).changed
    assert [(each.code, each.cells[0].label) for each in changed] == [("B2", "排列顺序"), ("A1", "排列顺序")]


def test_a_new_project_in_front_moves_no_other() -> None:
    assert compare(document(A, B), document(C, A, B)).changed == ()


def test_the_department_and_the_head_by_cell() -> None:
    before = Department("目标", (Subgoal("一", "甲", "子"),), (Safeguard("措施", "文字"),))
    after = Department("新目标", (Subgoal("一", "乙", "子"), Subgoal("二", "", "")), ())
    stored, uploaded = document(A, department=before), document(A, department=after)
    uploaded = replace(uploaded, document=replace(HEAD, fiscal_year=2023))
    assert compare(stored, uploaded).outside == (
        CellChange("文件表头", "文件写明的年度", None, "2023"),
        CellChange("部门整体绩效目标", "总体绩效目标", "目标", "新目标"),
        CellChange("分项目标 1", "绩效目标", "甲", "乙"),
        CellChange("分项目标 2", "名称", None, "二"),
        CellChange("分项目标 2", "绩效目标", None, ""),
        CellChange("分项目标 2", "绩效指标", None, ""),
        CellChange("保障措施 1", "名称", "措施", None),
        CellChange("保障措施 1", "内容", "文字", None),
    )


ROWS = st.lists(
    st.builds(
        row, st.sampled_from("一二三"), st.sampled_from(["≥1", "好"]), st.sampled_from(["数量", "质量"])
    ),
    max_size=6,
)


@given(ROWS, ROWS)
def test_nothing_is_said_exactly_when_the_rows_are_equal(
    before: list[Indicator], after: list[Indicator]
) -> None:
    assert (cells(project("A1", *before), project("A1", *after)) == []) == (before == after)


@given(ROWS, ROWS)
def test_new_less_gone_rows_is_the_change_in_length(before: list[Indicator], after: list[Indicator]) -> None:
    whole = [cell for cell in cells(project("A1", *before), project("A1", *after)) if cell.label == "整行"]
    new = sum(cell.before is None for cell in whole)
    assert new - (len(whole) - new) == len(after) - len(before)
