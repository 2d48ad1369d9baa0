"""Blocks of a document → the passages that are read for figures."""

from __future__ import annotations

from collections.abc import Iterable

from youju.foundation.documents.reading import SOFT_BREAK, Block, Covered, Paragraph, read_blocks
from youju.foundation.kernel.errors import InputError
from youju.rules.performance.report_checks.facts import Passage
from youju.rules.performance.report_checks.tables import caption_unit, table_passages

_CAPTION_MOST = 40


def report_passages(content: bytes, name: str, *, most: int) -> list[Passage]:
    """The passages of a report: docx, txt, html, pdf with text, xlsx.

    Args:
        content: the whole file.
        name: its name, for sentences.
        most: how many characters at most.

    Raises:
        InputError: it cannot be read, holds no text, or more than ``most``.
    """
    passages = passages_of(read_blocks(content, name))
    size = sum(len(each.text) for each in passages)
    if not size:
        raise InputError("文件里没有文字", where=name, how="扫描件请先识别成文字，或用 Word 原稿")
    if size > most:
        raise InputError(f"文字超过 {most} 个字", where=name, how="请分成几份核对", status=413)
    return passages


def passages_of(blocks: Iterable[Block]) -> list[Passage]:
    """Paragraphs and cells in the order printed; a cell knows its row and column."""
    found: list[Passage] = []
    unit, tables, lines = "", 0, 0
    for block in blocks:
        if isinstance(block, Paragraph):
            for text in block.text.split("\n"):
                lines += 1
                found.append(Passage(text.replace(SOFT_BREAK, ""), f"第 {lines} 段"))
            unit = caption_unit(block.text) or (unit if len(block.text.strip()) <= _CAPTION_MOST else "")
            continue
        tables += 1
        rows = [
            [(cell.text.replace(SOFT_BREAK, ""), cell.covered is not Covered.NO) for cell in row]
            for row in block.rows
        ]
        found.extend(table_passages(rows, number=tables, unit=unit))
    return found
