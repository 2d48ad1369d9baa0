"""The report back as docx: figures coloured, a comment on each that is wrong, a list of findings at the end.

A docx keeps its own look: its runs are cut at the figures. Anything else is set anew from its text.
"""

from __future__ import annotations

import copy
import io
import zipfile
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from youju.foundation.documents.packing import repack
from youju.rules.performance.report_checks.changes import OUTCOMES

if TYPE_CHECKING:
    from docx.document import Document as Word

_SHADES = {"disagrees": "F4B6AE", "hint": "FFE9A8", "agrees": "D5EBD3", "unjudged": "E3E3E3"}
_AUTHOR, _INITIALS = "有据", "据"
_HEAD = ("位置", "报告所写", "正确的数", "说明", "来源")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Spans = Sequence[tuple[int, int, Mapping[str, Any]]]


def marked_report(result: Mapping[str, Any], original: bytes, name: str) -> bytes:
    """The marked report.

    Args:
        result: passages and verdicts of the check.
        original: the file as uploaded; empty where it is gone.
        name: its name, for the title.
    """
    from docx import Document

    lines = _lines(result)
    if (
        zipfile.is_zipfile(io.BytesIO(original))
        and "word/document.xml" in zipfile.ZipFile(io.BytesIO(original)).namelist()
    ):
        word = Document(io.BytesIO(original))
        waiting: dict[str, deque[Spans]] = defaultdict(deque)
        for text, spans in lines:
            waiting[_dense(text)].append(spans)
        for paragraph in list(word.element.body.iter(f"{_W}p")):
            text = "".join(each.text or "" for each in paragraph.iter(f"{_W}t"))
            found = waiting.get(_dense(text))
            if found:
                _mark(word, paragraph, _shifted(text, found.popleft()))
    else:
        word = _set_anew(lines, name)
    _list(word, result)
    buffer = io.BytesIO()
    word.save(buffer)
    return repack(buffer.getvalue())


def _lines(result: Mapping[str, Any]) -> list[tuple[str, Spans]]:
    """Each line of each passage with the figures in it."""
    by_passage: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for each in result["verdicts"]:
        by_passage[each["passage"]].append(each)
    found: list[tuple[str, Spans]] = []
    for place, passage in enumerate(result["passages"]):
        start = 0
        for text in passage["text"].split("\n"):
            end = start + len(text)
            inside = [
                (each["start"] - start, each["end"] - start, each)
                for each in by_passage[place]
                if start <= each["start"] < end
            ]
            if text.strip():
                found.append((text, inside))
            start = end + 1
    return found


def _dense(text: str) -> str:
    return "".join(text.split())


def _shifted(text: str, spans: Spans) -> Spans:
    """The places of the figures in the paragraph itself, whose white space may differ from what was read."""
    found, place = [], 0
    for _, _, each in spans:
        at = text.find(each["printed"], place)
        if at < 0:
            continue
        place = at + len(each["printed"])
        found.append((at, place, each))
    return found


def _mark(word: Word, paragraph: Any, spans: Spans) -> None:
    """Cut the runs of a paragraph at the figures and colour what is between; wrong ones get a comment."""
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

    host = Paragraph(paragraph, word)
    for start, end, verdict in spans:
        runs = _cut(paragraph, start, end)
        for run in runs:
            _shade(run, _SHADES["hint" if verdict["rule"] == "RPC-007" else verdict["outcome"]])
        if runs and verdict["rule"]:
            known = [Run(each, host) for each in runs]
            said = f"{verdict['why']}{verdict['how']}（{verdict['rule']}）" + (
                f"来源：{verdict['source']}" if verdict["source"] else ""
            )
            word.add_comment(known, text=said, author=_AUTHOR, initials=_INITIALS)


def _cut(paragraph: Any, start: int, end: int) -> list[Any]:
    """The runs that hold just the characters from start to end; runs across a border are cut in two."""
    found, place = [], 0
    for text in list(paragraph.iter(f"{_W}t")):
        run, length = text.getparent(), len(text.text or "")
        left, right = max(start - place, 0), min(end - place, length)
        place += length
        if left >= right or run.tag != f"{_W}r":
            continue
        if len(run.findall(f"{_W}t")) > 1:
            found.append(run)  # a run of several texts is coloured whole
            continue
        content = text.text or ""
        if right < length:
            run.addnext(_copied(run, content[right:]))
        if left:
            middle = _copied(run, content[left:right])
            _say(text, content[:left])
            run.addnext(middle)
            found.append(middle)
        else:
            _say(text, content[left:right])
            found.append(run)
    return list(dict.fromkeys(found))


def _copied(run: Any, text: str) -> Any:
    other = copy.deepcopy(run)
    _say(other.find(f"{_W}t"), text)
    return other


def _say(element: Any, text: str) -> None:
    element.text = text
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _shade(run: Any, colour: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = run.get_or_add_rPr()
    for old in properties.findall(qn("w:shd")):
        properties.remove(old)
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:color"), "auto")
    shade.set(qn("w:fill"), colour)
    properties.append(shade)


def _set_anew(lines: Sequence[tuple[str, Spans]], name: str) -> Word:
    from docx import Document
    from docx.oxml.ns import qn

    word = Document()
    style: Any = word.styles["Normal"]
    style.font.name = "Times New Roman"
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    word.core_properties.title, word.core_properties.author = name, _AUTHOR
    for text, spans in lines:
        paragraph = word.add_paragraph(_plain(text))
        _mark(word, paragraph._p, spans)
    return word


def _list(word: Word, result: Mapping[str, Any]) -> None:
    """The findings at the end."""
    verdicts = result["verdicts"]
    counts = {name: sum(each["outcome"] == name for each in verdicts) for name in OUTCOMES}
    title = word.add_paragraph()
    title.paragraph_format.page_break_before = True
    title.add_run("核对结果").bold = True
    said = "，".join(f"{label} {counts[name]} 个" for name, label in OUTCOMES.items())
    word.add_paragraph(f"共 {len(verdicts)} 个数字：{said}。红色不符，黄色截去尾数，绿色相符，灰色不能判断。")
    rows = list(_rows(verdicts))
    if not rows:
        return
    table = word.add_table(rows=1, cols=len(_HEAD))
    for cell, label in zip(table.rows[0].cells, _HEAD, strict=True):
        cell.text = label
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = _plain(text)


def _rows(verdicts: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, ...]]:
    for each in verdicts:
        if each["rule"]:
            yield (
                each["place"],
                each["printed"],
                each["right"],
                f"{each['why']}（{each['rule']}）",
                each["source"],
            )


def _plain(text: str) -> str:
    """Text that XML can hold."""
    return "".join(each for each in text if each in "\t\n" or ord(each) >= 32)
