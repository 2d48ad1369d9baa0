"""The official form laid out by the test itself, independent of the product's own writer: docx, xlsx, html, text, pdf."""

from __future__ import annotations

import html as markup
import io
from collections.abc import Sequence
from itertools import groupby

from docx import Document

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

COLUMNS = ("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据")
ORDINALS = "一二三四五六七八九十"


def indicator(*texts: str) -> Indicator:
    """A row from its six texts in the order of the form."""
    level1, level2, level3, description, raw, basis = texts
    return Indicator(level1, level2, level3, description, raw, parse_value(raw), basis)


def paragraphs(document: TargetDocument) -> list[str]:
    """Part one as the sample prints it."""
    department = document.department
    lines = [
        "第一部分",
        "部门整体绩效目标",
        "一、总体绩效目标",
        *department.goal.split("\n"),
        "二、分项绩效目标",
    ]
    for ordinal, item in zip(ORDINALS, department.subgoals, strict=False):
        lines += [f"（{ordinal}）{item.title}", f"绩效目标：{item.goal}", f"绩效指标：{item.indicator}"]
    lines.append("三、工作保障措施")
    lines += [
        f"（{o}）{item.title}。{item.text}" for o, item in zip(ORDINALS, department.safeguards, strict=False)
    ]
    return [*lines, "第二部分", "预算项目绩效目标"]


def head_rows(document: TargetDocument, project: Project) -> list[list[tuple[str, int, int]]]:
    """The head of a project table on a grid of seven columns: (text, columns, rows)."""
    plan = [project.plan[month] or "" for month in ("03", "06", "10", "12")]
    unit = f"{document.document.unit_code or ''}{document.document.unit_name or ''}"
    return [
        [(unit, 4, 1), (f"单位：{document.document.money_unit}", 3, 1)],
        [("项目编码", 1, 1), (project.code, 2, 1), ("项目名称", 1, 1), (project.name, 3, 1)],
        [
            ("预算规模及资金用途", 1, 2),
            ("预算数", 1, 1),
            (project.budget or "", 1, 1),
            ("其中：财政    资金", 1, 1),
            (project.fiscal or "", 1, 1),
            ("其他资金", 1, 1),
            (project.other or "", 1, 1),
        ],
        [(project.purpose, 6, 1)],
        [("资金支出计划", 1, 2), ("3月底", 1, 1), ("6月底", 1, 1), ("10月底", 2, 1), ("12月底", 2, 1)],
        [(plan[0], 1, 1), (plan[1], 1, 1), (plan[2], 2, 1), (plan[3], 2, 1)],
        [("绩效目标", 1, 1), ("\n".join(project.goals), 6, 1)],
    ]


def indicator_rows(rows: Sequence[Indicator], extra: str | None = None) -> list[list[tuple[str, int, int]]]:
    """Header and rows with the first level merged downwards; ``extra`` adds a column of that name."""
    more = [(extra, 1, 1)] if extra else []
    lines = [[(name, 1, 1) for name in COLUMNS] + more]
    for level1, group in groupby(rows, key=lambda row: row.level1):
        members = list(group)
        for index, row in enumerate(members):
            own = [row.level2, row.level3, row.description, row.raw_value, row.basis]
            cells = [(text, 1, 1) for text in own] + [("10", 1, 1)] * bool(extra)
            lines.append([(level1, 1, len(members)), *cells] if index == 0 else cells)
    return lines


def placed(rows: list[list[tuple[str, int, int]]]) -> list[tuple[str, int, int, int, int]]:
    """Cells with their place: (text, row, column, rows, columns)."""
    taken: set[tuple[int, int]] = set()
    cells = []
    for row, line in enumerate(rows):
        column = 0
        for text, columns, down in line:
            while (row, column) in taken:
                column += 1
            taken |= {(row + r, column + c) for r in range(down) for c in range(columns)}
            cells.append((text, row, column, down, columns))
            column += columns
    return cells


def add_docx_table(target, rows: list[list[tuple[str, int, int]]]) -> None:
    """One table with merged cells; ``\\n`` in a cell makes paragraphs."""
    cells = placed(rows)
    width = max(column + columns for _, _, column, _, columns in cells)
    table = target.add_table(rows=len(rows), cols=width)
    grid = [list(row.cells) for row in table.rows]
    for text, row, column, down, columns in cells:
        cell = grid[row][column]
        if down > 1 or columns > 1:
            cell = cell.merge(grid[row + down - 1][column + columns - 1])
        first, *others = text.split("\n")
        cell.paragraphs[0].text = first
        for other in others:
            cell.add_paragraph(other)


def docx(document: TargetDocument, *, extra: str | None = None, one_table: bool = False) -> bytes:
    """The whole document as docx."""
    file = Document()
    for line in paragraphs(document):
        file.add_paragraph(line)
    for number, project in enumerate(document.projects, 1):
        file.add_paragraph(f"{number}.{project.name}绩效目标表")
        rows = indicator_rows(project.indicators, extra)
        if one_table:
            wide = [[*line[:-1], (line[-1][0], line[-1][1] + 1 - bool(extra), line[-1][2])] for line in rows]
            add_docx_table(file, head_rows(document, project) + wide)
        else:
            add_docx_table(file, head_rows(document, project))
            file.add_paragraph("")
            add_docx_table(file, rows)
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def html_table(rows: list[list[tuple[str, int, int]]]) -> str:
    """One html table."""
    lines = []
    for row in rows:
        cells = "".join(
            f'<td colspan="{columns}" rowspan="{down}">\n  {markup.escape(text).replace(chr(10), "<br>")}\n</td>'
            for text, columns, down in row
        )
        lines.append(f"<tr>{cells}</tr>")
    return f'<table border="1">{"".join(lines)}</table>'


def html(document: TargetDocument) -> str:
    """The whole document as a page."""
    parts = [f"<p>{markup.escape(line)}</p>" for line in paragraphs(document)]
    for number, project in enumerate(document.projects, 1):
        parts.append(f"<h3>{number}.{markup.escape(project.name)}绩效目标表</h3>")
        parts.append(html_table(head_rows(document, project)))
        parts.append(html_table(indicator_rows(project.indicators)))
    style = "<style>table{border-collapse:collapse;width:100%}td{border:1px solid}</style>"
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8>{style}</head><body>{''.join(parts)}</body></html>"
    )


def xlsx(document: TargetDocument, *, merged: bool = True, one_sheet: bool = False) -> bytes:
    """The whole document as a workbook: part one and each project on a sheet of its own, or all on one."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("部门")
    lines = paragraphs(document)
    sheet.write_column(0, 0, lines)
    top = len(lines)
    for number, project in enumerate(document.projects, 1):
        if not one_sheet:
            sheet, top = book.add_worksheet(str(number)), 0
        sheet.write_string(top, 0, f"{number}.{project.name}绩效目标表")
        top += 1
        rows = head_rows(document, project) + indicator_rows(project.indicators)
        for text, row, column, down, columns in placed(rows):
            if merged and (down > 1 or columns > 1):
                sheet.merge_range(top + row, column, top + row + down - 1, column + columns - 1, text)
            else:
                sheet.write_string(top + row, column, text)
        top += len(rows) + 1
    book.close()
    return buffer.getvalue()


def text(document: TargetDocument) -> str:
    """The whole document one cell a line, as the sample."""
    lines = paragraphs(document)
    for number, project in enumerate(document.projects, 1):
        lines += ["", f"{number}.{project.name}绩效目标表"]
        for rows in (head_rows(document, project), indicator_rows(project.indicators)):
            above: set[tuple[int, int]] = set()
            for row, line in enumerate(rows):
                first = [cell for cell in placed(rows) if cell[1] < row < cell[1] + cell[3]]
                lines += ["\t"] * len(first)
                lines += ["\t" + (cell[0] or " ") for cell in line]
                lines.append("")
                above.clear()
            lines += ["", " "]
    return "\n".join(lines)


def pdf(document: TargetDocument, *, height: str = "297mm") -> bytes:
    """The whole document through typst; a low page cuts the tables."""
    import typst

    from youju.foundation.documents.fonts import cjk_font

    font = cjk_font()

    def quoted(words: str) -> str:
        return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'

    parts = [
        f"#set page(width: 297mm, height: {height}, margin: 12mm)\n#set text(font: {quoted(font.family)}, size: 9pt)"
    ]
    parts += [f"#par(text({quoted(line)}))" for line in paragraphs(document)]
    for number, project in enumerate(document.projects, 1):
        parts.append(f"#par(text({quoted(f'{number}.{project.name}绩效目标表')}))")
        for rows in (head_rows(document, project), indicator_rows(project.indicators)):
            width = max(column + columns for _, _, column, _, columns in placed(rows))
            cells = [
                f"table.cell(x: {column}, y: {row}, rowspan: {down}, colspan: {columns}, "
                f"stack(spacing: 4pt, ..{'(' + ', '.join(f'text({quoted(line)})' for line in words.split(chr(10))) + ',)'}))"
                for words, row, column, down, columns in placed(rows)
            ]
            parts.append(f"#table(columns: ({'1fr, ' * width}), {', '.join(cells)})")
    return typst.compile("\n\n".join(parts).encode(), font_paths=[str(font.path.parent)])


def example() -> TargetDocument:
    """A document with what the sample lacks: several goals, other money, a blank plan, two rows of one level."""
    rows_2020 = (
        indicator("产出指标", "数量指标", "培训次数", "全年培训次数", "≥4次", "工作方案"),
        indicator("产出指标", "数量指标", "培训人数", "全年培训人数", "200人", "工作方案"),
        indicator("产出指标", "质量指标", "合格率", "考试合格率", "≥95%", "工作方案"),
        indicator("产出指标", "时效指标", "完成时间", "全部完成的时间", "2023年12月底前", "工作方案"),
        indicator("产出指标", "成本指标", "总成本", "全部支出", "≤1250.5万元", "预算批复"),
        indicator("效益指标", "社会效益指标", "能力提升", "从业人员能力", "显著提高", "问卷"),
        indicator("满意度指标", "服务对象满意度指标", "满意度", "学员满意度", "≥90%", "问卷"),
    )
    plan = {"03": None, "06": "500.50", "10": "1000.00", "12": "1250.50"}
    first = Project(
        "13060523P00456310001Q",
        "培训“经费”（A&B）",
        "1250.50",
        "1000.00",
        "250.50",
        "组织培训，聘请讲师",
        plan,
        ("1.提升从业人员能力", "2.扩大出口"),
        rows_2020,
    )
    second = Project(
        "13060523P004544100010",
        "事务资金",
        "45",
        "45",
        None,
        "日常事务",
        dict.fromkeys(("03", "06", "10", "12"), "45"),
        ("1.保障运转",),
        (indicator("产出指标", "数量指标", "项数", "完成项数", "3项", "工作计划"),),
    )
    return TargetDocument(
        DocumentHead("304001", "某某服务中心（本级）", "万元", "hebei-2020", None),
        Department(
            "推动外贸高质量发展，2023-2025年稳步提升。",
            (
                Subgoal("提升试点能级", "试点良性运转。", "按时按质完成。"),
                Subgoal("协调对外贸易", "完成任务。", "运转高效。"),
            ),
            (Safeguard("完善制度建设", "制定管理办法。确保落实。"), Safeguard("加强监督", "开展内部审计。")),
        ),
        (first, second),
    )
