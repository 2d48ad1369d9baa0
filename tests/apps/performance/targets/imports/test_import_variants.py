"""Documents of other counties: read by labels, not by position."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from docx import Document

from apps.performance.targets.imports import official_forms as forms
from youju.foundation.kernel.errors import InputError
from youju.performance.targets.imports import read_document
from youju.rules.performance.targets.facts import Project, TargetDocument

HEADER = "<tr>" + "".join(f"<td>{name}</td>" for name in forms.COLUMNS) + "</tr>"
ROW = "<tr><td>产出指标<td>数量指标<td>次数<td>培训次数<td>≥4次<td>方案"
HEAD = "<tr><td>项目编码<td>X1<td>项目名称<td>甲</tr>"


def read(html: str) -> TargetDocument:
    return read_document(f"<html><body>{html}</body></html>".encode(), "页.html")


def only(html: str) -> Project:
    (project,) = read(html).projects
    return project


def table(*rows: str) -> str:
    return f"<table>{''.join(rows)}</table>"


def row_texts(project: Project) -> list[tuple[str, ...]]:
    return [
        (row.level1, row.level2, row.level3, row.description, row.raw_value, row.basis)
        for row in project.indicators
    ]


@pytest.mark.parametrize(
    ("printed", "digits"),
    [
        ("５５３．００", "553.00"),
        ("1,234,567.80", "1234567.80"),
        ("1，234.5", "1234.5"),
        (" 5.00 ", "5.00"),
        ("5.00万元", "5.00"),
        ("5", "5"),
        ("-3.20", "-3.20"),
        ("－", None),
        ("—", None),
        ("&nbsp;", None),
        ("　", None),
    ],
)
def test_an_amount_is_digits_however_printed(printed: str, digits: str | None) -> None:
    project = only(table(HEAD, f"<tr><td>预算数<td>{printed}<td>其他资金<td></tr>", HEADER, ROW))
    assert (project.budget, project.other) == (digits, None)


@pytest.mark.parametrize("printed", ["五万", "12,34", "5.0.0", "约5", "5元", "3%"])
def test_an_amount_that_is_none_is_refused_with_its_place(printed: str) -> None:
    with pytest.raises(InputError) as error:
        only(table(HEAD, f"<tr><td>预算数<td>{printed}</tr>", HEADER, ROW))
    assert "第 1 张表第 2 行（项目编码 X1），预算数：“" in str(error.value)


def test_signs_digits_and_spaces_in_full_width_are_read_and_stand_as_printed() -> None:
    project = only(table(HEAD, HEADER, ROW.replace("≥4次", "　＞＝９０％　")))
    assert project.indicators[0].raw_value == "＞＝９０％"
    value = project.indicators[0].value
    assert (value.operator, value.number, value.unit) == ("≥", "90", "%")


def test_line_breaks_in_a_cell_are_removed_and_spaces_inside_kept() -> None:
    project = only(
        table(
            HEAD, HEADER, ROW.replace("培训次数", "培 训<br>次数").replace("方案", "<p>方案</p><p>附件</p>")
        )
    )
    assert (project.indicators[0].description, project.indicators[0].basis) == ("培 训次数", "方案附件")


def test_other_columns_and_another_order_do_not_matter() -> None:
    header = "<tr><td>序号<td>一级指标<td>二级指标<td>三级指标<td>分值<td>指标值确定依据<td>目标值<td>指标说明<td>备注</tr>"
    rows = "<tr><td>1<td>产出指标<td>数量指标<td>次数<td>10<td>方案<td>≥4次<td>培训次数<td>无</tr>"
    assert row_texts(only(table(HEAD, header, rows))) == [
        ("产出指标", "数量指标", "次数", "培训次数", "≥4次", "方案")
    ]


def test_a_vertical_caption_left_of_the_header_does_not_matter() -> None:
    header = HEADER.replace("<tr>", "<tr><td rowspan=3>绩效指标</td>")
    second = "<tr><td>效益指标<td>社会效益指标<td>影响<td>影响<td>显著<td>问卷"
    project = only(table("<tr><td>项目编码<td>X1<td>项目名称<td colspan=4>甲", header, ROW, second))
    assert [row[0] for row in row_texts(project)] == ["产出指标", "效益指标"]


def test_sign_value_and_unit_in_columns_of_their_own_make_one_value() -> None:
    header = "<tr><td>一级指标<td>二级指标<td>三级指标<td>指标性质<td>指标值<td>度量单位</tr>"
    rows = "<tr><td>产出指标<td>数量指标<td>次数<td>≥<td>4<td>次<tr><td>效益指标<td>社会效益指标<td>影响<td>定性<td>显著<td>"
    assert [row.raw_value for row in only(table(HEAD, header, rows)).indicators] == ["≥4次", "显著"]


def test_merged_second_levels_fill_every_row() -> None:
    rows = (
        "<tr><td rowspan=3>产出指标<td rowspan=2>数量指标<td>甲<td>甲<td>1个<td>方案"
        "<tr><td>乙<td>乙<td>2个<td>方案<tr><td>质量指标<td>丙<td>丙<td>≥9%<td>方案"
    )
    assert [row[:3] for row in row_texts(only(table(HEAD, HEADER, rows)))] == [
        ("产出指标", "数量指标", "甲"),
        ("产出指标", "数量指标", "乙"),
        ("产出指标", "质量指标", "丙"),
    ]


def test_a_blank_cell_among_merged_ones_stays_blank() -> None:
    rows = (
        "<tr><td rowspan=2>产出指标<td>数量指标<td>甲<td>甲<td>1个<td>方案<tr><td><td>乙<td>乙<td>2个<td>方案"
    )
    assert row_texts(only(table(HEAD, HEADER, rows)))[1][:3] == ("产出指标", "", "乙")


@pytest.mark.parametrize("repeated", [HEADER, ""], ids=["header repeated", "header not repeated"])
def test_a_table_cut_by_a_page_break_goes_on(repeated: str) -> None:
    rest = "<tr><td><td>质量指标<td>率<td>率<td>≥9%<td>方案<tr><td>效益指标<td>社会效益指标<td>影响<td>影响<td>显著<td>问卷"
    project = only(table(HEAD, HEADER, ROW) + "<p>第 2 页</p>" + table(repeated, rest))
    assert [row[:2] for row in row_texts(project)] == [
        ("产出指标", "数量指标"),
        ("产出指标", "质量指标"),
        ("效益指标", "社会效益指标"),
    ]


def test_an_indicator_named_like_a_label_is_an_indicator() -> None:
    rows = (
        "<tr><td rowspan=2>产出指标<td>成本指标<td>项目资金总额<td>预算数<td>45万元<td>批复"
        "<tr><td>数量指标<td>项目名称<td>用途<td>1个<td>方案"
    )
    assert [row[2] for row in row_texts(only(table(HEAD, HEADER, rows)))] == ["项目资金总额", "项目名称"]


def test_several_goals_by_cell_by_paragraph_and_by_numbered_line() -> None:
    goals = (
        "<tr><td rowspan=2>绩效目标<td colspan=3><p>1.甲</p><p>2.乙</p></td></tr>"
        "<tr><td colspan=3>3.丙<br>续<br>4.丁</td></tr>"
    )
    assert only(table(HEAD, goals, HEADER, ROW)).goals == ("1.甲", "2.乙", "3.丙续", "4.丁")


def test_months_beside_their_amounts_and_other_months_are_read() -> None:
    plan = "<tr><td>资金支出计划<td>3月底前<td>1<td>6月底<td>2<td>9月底<td>3<td>12月末<td>4</tr>"
    assert only(table(HEAD, plan, HEADER, ROW)).plan == {
        "03": "1",
        "06": "2",
        "09": "3",
        "10": None,
        "12": "4",
    }


def test_labels_with_their_value_in_one_cell_or_paragraph() -> None:
    project = only(
        "<p>项目编码：Ｘ１ ２</p><p>项目名称：甲</p>"
        + table("<tr><td>预算数：5.00<td>资金用途：办公", HEADER, ROW)
    )
    assert (project.code, project.name, project.budget, project.purpose) == ("X12", "甲", "5.00", "办公")


def test_an_overview_of_projects_is_no_target_table() -> None:
    overview = table("<tr><td>序号<td>项目编码<td>项目名称<td>预算数", "<tr><td>1<td>X1<td>甲<td>5.00")
    assert only(overview + table(HEAD, HEADER, ROW)).code == "X1"


def test_notes_and_blank_rows_between_rows_are_no_indicators() -> None:
    note = "<tr><td colspan=6>注：满意度以问卷为准</tr>"
    assert len(only(table(HEAD, HEADER, ROW, "<tr><td><td><td><td><td><td>", note, ROW)).indicators) == 2


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("2023年度部门预算绩效目标", 2023),
        ("某中心２０２４年部门预算", None),
        ("2024年部门预算绩效文本", 2024),
        ("二〇二三年度绩效目标", 2023),
        ("预算年度：2025", 2025),
        ("《三年行动计划（2023-2025年）》", None),
        ("1.2021年度中央外经贸资金绩效目标表", None),
    ],
)
def test_the_fiscal_year_is_that_of_the_documents_title(title: str, year: int | None) -> None:
    named = HEAD.replace("<td>甲", "<td>2021年度中央外经贸资金")
    assert read(f"<h1>{title}</h1>" + table(named, HEADER, ROW)).document.fiscal_year == year


@pytest.mark.parametrize(
    ("lines", "head"),
    [
        ("<p>304001某中心（本级）</p><p>单位：元</p>", ("304001", "某中心（本级）", "元")),
        ("<p>304001某中心　　金额单位：万元</p>", ("304001", "某中心", "万元")),
        ("<p>单位名称：某中心</p><p>（单位：亿元）</p>", (None, "某中心", "亿元")),
        ("<p>填报单位：３０４００１ 某中心</p>", ("304001", "某中心", "万元")),
        ("", (None, None, "万元")),
    ],
)
def test_unit_and_money_unit_above_the_table(lines: str, head: tuple[str | None, str | None, str]) -> None:
    found = read(lines + table(HEAD, HEADER, ROW)).document
    assert (found.unit_code, found.unit_name, found.money_unit) == head


def test_two_money_units_contradict_each_other() -> None:
    second = table(HEAD.replace("X1", "X2"), HEADER, ROW)
    with pytest.raises(InputError, match="这里的金额单位是“元”，前面的表是“万元”"):
        read("<p>单位：万元</p>" + table(HEAD, HEADER, ROW) + table("<tr><td>单位：元</tr>") + second)


def test_headings_without_numbers_a_table_of_contents_and_paragraphs_that_go_on() -> None:
    lines = [
        "目录",
        "一、总体绩效目标\t1",
        "总体绩效目标",
        "第一段。",
        "第二段。",
        "分项绩效目标",
        "1、提升能级",
        "绩效目标:甲。",
        "续甲。",
        "绩效指标：乙。",
        "工作保障措施",
        "（一）完善制度。",
        "制定办法。",
        "（二）只有标题",
        "1.甲绩效目标表",
    ]
    department = read("".join(f"<p>{line}</p>" for line in lines) + table(HEAD, HEADER, ROW)).department
    assert department.goal == "第一段。\n第二段。"
    assert [(item.title, item.goal, item.indicator) for item in department.subgoals] == [
        ("提升能级", "甲。\n续甲。", "乙。")
    ]
    assert [(item.title, item.text) for item in department.safeguards] == [
        ("完善制度", "制定办法。"),
        ("只有标题", ""),
    ]


def test_numbers_that_word_prints_by_itself_are_part_of_the_text() -> None:
    example = forms.example()
    bare = replace(example.projects[1], goals=("保障运转", "节约开支"))
    file = Document(io.BytesIO(forms.docx(replace(example, projects=(bare,)))))
    for paragraph in file.tables[0].cell(6, 1).paragraphs:
        paragraph.style = file.styles["List Number"]
    buffer = io.BytesIO()
    file.save(buffer)
    (project,) = read_document(buffer.getvalue(), "编号.docx").projects
    assert project.goals == ("1.保障运转", "2.节约开支")
