"""Progress and self-evaluation as docx: each project's money and rows."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from youju.foundation.documents.packing import repack
from youju.rules.performance.disclosure.lifecycle import EVALUATION, KINDS

if TYPE_CHECKING:
    from youju.performance.disclosure.documents.site.views import ProjectView
    from youju.performance.disclosure.selectors.releases import Published

_HEAD = ("二级指标", "三级指标", "年度指标值", "完成值", "完成率（%）")
_SCORED = (*_HEAD, "分值", "得分")


def release_word(release: Published, projects: Sequence[ProjectView]) -> bytes:
    """The document; the same release gives the same bytes."""
    from docx import Document
    from docx.oxml.ns import qn

    word = Document()
    style: Any = word.styles["Normal"]
    style.font.name = "Times New Roman"
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    title = f"{release.unit_name}{release.year}年{KINDS[release.kind]}"
    core = word.core_properties
    core.title, core.author, core.last_modified_by, core.comments = title, "有据", "有据", ""
    word.add_heading(title, level=0)
    until = f"数据截至 {release.until}，" if release.until else ""
    word.add_paragraph(
        f"{until}{release.published_on} 公开，第 {release.version} 版，内容校验值 {release.content_hash}。金额单位：万元。"
    )
    scored = release.kind == EVALUATION and any(each.total for each in projects)
    for each in projects:
        word.add_heading(f"{each.name}（{each.code}）", level=1)
        said = f"预算 {each.adjusted or each.budget} 万元，执行 {each.executed or '—'} 万元，执行率 {each.rate or '—'}%。"
        word.add_paragraph(said + (f"得分 {each.total}，等级{each.grade}。" if each.total else ""))
        head = _SCORED if scored else _HEAD
        table = word.add_table(rows=1, cols=len(head), style="Table Grid")
        for cell, label in zip(table.rows[0].cells, head, strict=True):
            cell.text = label
        for row in each.rows:
            told = (row.level2, row.level3, row.target, row.value, row.degree, row.weight, row.score)
            for cell, text in zip(table.add_row().cells, told[: len(head)], strict=True):
                cell.text = text
    buffer = io.BytesIO()
    word.save(buffer)
    return repack(buffer.getvalue())
