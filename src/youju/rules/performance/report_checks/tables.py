"""Rows of a table → passages: each cell with what its row and its column say of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from youju.rules.performance.report_checks.facts import Passage
from youju.rules.performance.report_checks.figures import MONEY, figures, masked, plain

_UNIT = re.compile(
    r"[(（]\s*(?:单位[:：]\s*)?(亿元|百万元|万元|千元|元|亿美元|万美元|美元|%|％|分|家|个|人|次|批)\s*[)）]"
)
_CAPTION = re.compile(r"(?:金额)?单位\s*[:：]\s*(亿元|百万元|万元|千元|元|美元|万美元)")
_MONEY_HEAD = re.compile(r"预算|执行数|支出|金额|资金|结余|拨付|支付")
_RATE_HEAD = re.compile(r"率|占比|比重|[%％]")
_SCORE_HEAD = re.compile(r"分值|得分|权重|评分")
_INDEX_HEAD = re.compile(r"^(?:序号|编号|行次|No\.?)$")
_MOST_HEADS = 3
_ROW_WORDS = 30
Row = Sequence[tuple[str, bool]]
"""The cells of a row: text, and whether a merged cell to the left or above covers it."""


def caption_unit(text: str) -> str:
    """The unit that a line above a table names (单位：万元); empty: none."""
    match = _CAPTION.search(plain(text))
    return match[1] if match else ""


def table_passages(rows: Sequence[Row], *, number: int, unit: str = "") -> Iterator[Passage]:
    """The cells of a table that are no repetition, row by row. ``unit`` is that of the line above."""
    heads = _heads(rows)
    width = max((len(row) for row in rows), default=0)
    titles = [_title(rows[:heads], column) for column in range(width)]
    section = ""
    for at, row in enumerate(rows):
        texts = list(dict.fromkeys(text.strip() for text, _ in row if text.strip()))
        if len(texts) == 1 and at >= heads and not _counted(texts[0]):
            section = texts[0]  # a line across the table: the project whose rows follow
        words: list[str] = []
        for column, (text, covered) in enumerate(row):
            stripped = text.strip()
            counted = _counted(stripped)
            if not covered:
                context, own = "", ""
                if at >= heads and stripped:
                    own = _unit_of(titles[column], words[-1] if words else "", unit)
                    if not _INDEX_HEAD.match(titles[column].strip()):
                        context = _context(section, words, titles[column], stripped, heads)
                    else:
                        own = ""
                place = f"表 {number} 第 {at + 1} 行第 {column + 1} 列"
                yield Passage(
                    text,
                    place,
                    context,
                    unit=own,
                    cell=at >= heads,
                    table=number,
                    row=at + 1,
                    column=column + 1,
                )
            if stripped and (not counted or _named(stripped)) and stripped not in words and at >= heads:
                words.append(stripped)


def _context(section: str, words: Sequence[str], title: str, text: str, heads: int) -> str:
    told = [each for each in (section, *words) if each != text and len(each) <= 4 * _ROW_WORDS]
    if heads and title:
        told = [*told[: _MOST_HEADS + 1], title]
    return "".join(f"{each.rstrip('：:')}，" for each in told[:-1]) + (
        f"{told[-1].rstrip('：:')} " if told else ""
    )


def _heads(rows: Sequence[Row]) -> int:
    """How many rows at the top are heads: several texts, none of them a figure."""
    count = 0
    for row in rows[:_MOST_HEADS]:
        texts = {text.strip() for text, _ in row if text.strip()}
        if len(texts) < 2 and count == 0 and len(rows) > 1:
            if len(texts) == 1 and not any(_counted(each) for each in texts):
                count += 1
                continue
            break
        if any(_counted(each) or not each for each in texts) or len(texts) < 2:
            break
        if any(len(each) > _ROW_WORDS for each in texts):
            break
        count += 1
    # A table of nothing but words has no heads to speak of; one of pairs (预算数 | 5.00) none either.
    return count


def _title(heads: Sequence[Row], column: int) -> str:
    found: list[str] = []
    for row in heads:
        texts = {text.strip() for text, _ in row if text.strip()}
        if len(texts) > 1 and column < len(row) and (text := row[column][0].strip()) and text not in found:
            found.append(text)
    return "".join(found)


def _unit_of(title: str, before: str, unit: str) -> str:
    for each in (title, before):
        if match := _UNIT.search(each):
            return {"％": "%"}.get(match[1], match[1])
    for each in (title, before):
        if not each:
            continue
        if _RATE_HEAD.search(each) and "效率" not in each:
            return "%"
        if _SCORE_HEAD.search(each):
            return "分"
        if _MONEY_HEAD.search(each) and unit in MONEY:
            return unit
    return ""


def _counted(text: str) -> bool:
    """Whether a cell is a figure rather than words."""
    clean = masked(plain(text)).strip()
    return any(len(each.printed) * 2 >= len(clean) for each in figures(clean, bare=True)) if clean else False


def _named(text: str) -> bool:
    return len(text) > _ROW_WORDS / 2
