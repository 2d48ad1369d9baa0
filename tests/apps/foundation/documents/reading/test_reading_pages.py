"""html, text and pdf: the layouts that occur, one by one."""

from __future__ import annotations

import pytest

from youju.foundation.documents.reading import Block, Paragraph, Table, read_blocks
from youju.foundation.documents.reading.blocks import SOFT_BREAK


def html(body: str) -> list[Block]:
    return read_blocks(f"<html><body>{body}</body></html>".encode(), "页.html")


def rows(block: Block) -> list[list[str]]:
    assert isinstance(block, Table)
    return [[cell.text for cell in row] for row in block.rows]


def test_spans_of_html_are_filled_in() -> None:
    (table,) = html(
        "<table><tr><td rowspan=2 colspan=2>甲<td>乙<tr><td>丙<tr><td>丁<td>戊<td rowspan=0>己</table>"
    )
    assert rows(table) == [["甲", "甲", "乙"], ["甲", "甲", "丙"], ["丁", "戊", "己"]]


def test_breaks_and_blocks_in_a_cell_are_soft_and_hard() -> None:
    (table,) = html("<table><tr><td>\n 一 <br> 二 <p>三</p><script>x</script><b>四</b>五</td></table>")
    assert rows(table) == [[f"一{SOFT_BREAK}二\n三\n四五"]]


def test_text_around_tables_keeps_its_order_and_nested_tables_follow() -> None:
    found = html("<h1>题</h1>前<table><tr><td>外<table><tr><td>内</table></table>后<p></p>")
    assert [block.text if isinstance(block, Paragraph) else rows(block) for block in found] == [
        "题",
        "前",
        [["外"]],
        [["内"]],
        "后",
    ]


@pytest.mark.parametrize("charset", ["gb2312", "GBK", "gb18030", "utf-8"])
def test_a_page_is_read_in_the_charset_that_it_declares(charset: str) -> None:
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"><body><p>绩效〔2023〕镕</p>'
    encoding = "utf-8" if charset == "utf-8" else "gb18030"
    assert read_blocks(page.encode(encoding), "页") == [Paragraph("绩效〔2023〕镕")]


def test_one_cell_a_line_with_merged_blank_and_broken_cells() -> None:
    text = "标题\n\t甲\n\t乙\n\n\t\n\t \n\n\t丙\n续\n\t丁\n\n\n尾"
    title, table, end = read_blocks(text.encode(), "文.txt")
    assert (title, end) == (Paragraph("标题"), Paragraph("尾"))
    assert rows(table) == [["甲", "乙"], ["", ""], ["丙\n续", "丁"]]
    assert isinstance(table, Table) and table.ragged


def test_one_row_a_line_parted_by_tabs_or_bars() -> None:
    (tabs,) = read_blocks("甲\t乙\t丙\n丁\t\t戊\n".encode(), "文.txt")
    (bars,) = read_blocks("| 甲 | 乙 |\n|---|:-:|\n| 丙 |  |".encode(), "文.md")
    assert rows(tabs) == [["甲", "乙", "丙"], ["丁", "", "戊"]]
    assert rows(bars) == [["甲", "乙"], ["丙", ""]]


def test_bookmarks_are_no_text() -> None:
    assert read_blocks("[bookmark: _Toc_1]一、总体".encode(), "文.txt") == [Paragraph("一、总体")]


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_text_is_read_in_every_charset(charset: str) -> None:
    text = "绩效目标：≥98％，〔2023〕57号，㐂𠮷\n第二行"
    found = read_blocks(text.encode(charset), "文.txt")
    assert [block.text for block in found if isinstance(block, Paragraph)] == text.split("\n")


def pdf(markup: str, height: str = "200pt") -> list[Block]:
    import typst

    from youju.foundation.documents.fonts import cjk_font

    font = cjk_font()
    head = f'#set page(width: 300pt, height: {height}, margin: 30pt)\n#set text(font: "{font.family}", size: 10pt)\n'
    return read_blocks(typst.compile((head + markup).encode(), font_paths=[str(font.path.parent)]), "页.pdf")


def test_a_paragraph_broken_by_the_page_width_is_one_and_others_stay_apart() -> None:
    long = "推动对外贸易高质量发展，" * 5 + "完成（AEO）认证。"
    found = pdf(f"（一）{long}\n\n绩效目标：{long}\n\n短。")
    assert found == [Paragraph(f"（一）{long}"), Paragraph(f"绩效目标：{long}"), Paragraph("短。")]


def test_lines_of_a_pdf_cell_are_soft_and_latin_words_keep_their_space() -> None:
    (table,) = pdf("#table(columns: (50pt, 60pt), [对社会发展带来的影响], [alpha beta gamma delta])")
    ((first, second),) = rows(table)
    assert first.replace(SOFT_BREAK, "") == "对社会发展带来的影响" and SOFT_BREAK in first
    assert second == "alpha beta gamma delta"


def test_merged_cells_of_a_pdf_are_filled_in_over_a_page_break() -> None:
    cells = "table.cell(rowspan: 12)[并], " + ", ".join(f"[行{number}]" for number in range(12))
    found = [block for block in pdf(f"#table(columns: 2, {cells})") if isinstance(block, Table)]
    texts = [row for table in found for row in rows(table)]
    assert [row[1] for row in texts] == [f"行{number}" for number in range(12)]
    assert texts[0][0] == "并"


def test_page_numbers_and_running_heads_are_no_text() -> None:
    found = pdf(
        "#set page(header: [某中心], footer: context [第 #counter(page).display() 页])\n一\n#pagebreak()\n二",
        "400pt",
    )
    assert [block.text for block in found if isinstance(block, Paragraph)] == ["某中心", "一", "二"]
