"""The indexes of a pack: a page that opens without a network, and a workbook."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import xlsxwriter

_STYLE = (
    "body{font-family:'Noto Sans CJK SC','Microsoft YaHei',sans-serif;margin:2rem auto;max-width:70rem;"
    "color:#1d2b45;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%;margin:1rem 0}td,th{border:1px solid #d9d6cc;padding:.3rem .5rem;text-align:left;"
    "vertical-align:top}th{background:#f2f3f6}code{font-size:.8rem;word-break:break-all}"
)


def page(head: Mapping[str, Any], files: Sequence[Mapping[str, Any]], figures: Mapping[str, Any]) -> bytes:
    """``index.html``: what the pack is, each project's score, each file with its hash."""
    projects = "".join(
        f"<tr><td>{escape(each['project_code'])}</td><td>{escape(each['project_name'])}</td>"
        f"<td>{escape(each['total'])}</td><td>{escape(each['grade'])}</td>"
        f"<td>{escape((each['recheck'] or {}).get('total', ''))}</td></tr>"
        for each in figures["projects"]
    )
    listed = "".join(
        f'<tr><td><a href="{escape(each["path"], quote=True)}">{escape(each["title"])}</a></td>'
        f"<td>{escape(each['about'])}</td><td>{each['bytes']:,}</td><td><code>{each['sha256']}</code></td></tr>"
        for each in files
    )
    body = (
        f"<!doctype html><html lang='zh-CN'><head><meta charset='utf-8'><title>{escape(head['title'])}</title>"
        f"<style>{_STYLE}</style></head><body><h1>{escape(head['title'])}</h1>"
        f"<p>生成于 {escape(head['made_at'])}，生成人 {escape(head['made_by'])}。"
        "核对：<code>youju evaluation verify 本文件.zip</code>，不需要数据库。</p>"
        f"<h2>项目</h2><table><tr><th>项目编码</th><th>项目名称</th><th>自评得分</th><th>等级</th><th>复核得分</th></tr>{projects}</table>"
        f"<h2>文件</h2><table><tr><th>文件</th><th>说明</th><th>字节</th><th>sha256</th></tr>{listed}</table></body></html>"
    )
    return body.encode()


def workbook(head: Mapping[str, Any], files: Sequence[Mapping[str, Any]]) -> bytes:
    """``index.xlsx``: each file with its hash."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet("目录")
    bold = book.add_format({"bold": True})
    for column, width in enumerate((34, 44, 40, 12, 68)):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, str(head["title"]), bold)
    for column, title in enumerate(("文件", "路径", "说明", "字节", "sha256")):
        sheet.write_string(1, column, title, bold)
    for row, each in enumerate(files, 2):
        for column, name in enumerate(("title", "path", "about")):
            sheet.write_string(row, column, str(each[name]))
        sheet.write_number(row, 3, each["bytes"])
        sheet.write_string(row, 4, each["sha256"])
    book.close()
    return buffer.getvalue()
