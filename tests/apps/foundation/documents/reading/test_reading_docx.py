"""docx: merged cells filled in, what nobody sees left out, nested tables after the outer one."""

from __future__ import annotations

import io
import zipfile

import pytest

from youju.foundation.documents.reading import Block, Covered, Paragraph, Table, read_blocks

USUAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
NO, LEFT, ABOVE = Covered.NO, Covered.LEFT, Covered.ABOVE


def blocks(body: str, namespace: str = USUAL, parts: dict[str, str] | None = None) -> list[Block]:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        file.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{namespace}" {mc}><w:body>{body}</w:body></w:document>',
        )
        for name, part in (parts or {}).items():
            file.writestr(name, part)
    return read_blocks(buffer.getvalue(), "表.docx")


def p(text: str, before: str = "") -> str:
    return f"<w:p>{before}<w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def grid(body: str) -> list[list[tuple[str, Covered]]]:
    (table,) = blocks(f"<w:tbl>{body}</w:tbl>")
    assert isinstance(table, Table)
    return [[tuple(cell) for cell in row] for row in table.rows]


RESTART, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_merged_cells_repeat_their_text_and_say_where_they_begin() -> None:
    span = '<w:gridSpan w:val="2"/>'
    assert grid(tr(tc("甲", span + RESTART), tc("乙")) + tr(tc("", span + GOES_ON), tc("丙"))) == [
        [("甲", NO), ("甲", LEFT), ("乙", NO)],
        [("甲", ABOVE), ("甲", ABOVE), ("丙", NO)],
    ]


def test_the_old_horizontal_merge_and_cells_left_free() -> None:
    first = tr(tc("甲", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), tc("乙"))
    second = tr(tc("丙"), properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>')
    assert grid(first + second) == [
        [("甲", NO), ("甲", LEFT), ("乙", NO)],
        [("", NO), ("丙", NO), ("", NO)],
    ]


def test_rows_and_cells_inside_content_controls_count() -> None:
    inner = f"<w:sdt><w:sdtContent>{tc('乙')}</w:sdtContent></w:sdt>"
    assert grid(f"<w:sdt><w:sdtContent>{tr(tc('甲'), inner)}</w:sdtContent></w:sdt>") == [
        [("甲", NO), ("乙", NO)]
    ]


def test_breaks_tabs_and_hyphens() -> None:
    stops = '<w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>'
    runs = '<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:br w:type="page"/></w:r>'
    assert blocks(f"<w:p>{stops}{runs}</w:p>") == [Paragraph("a\tb\vc-")]
    ((cell,),) = grid(tr(f"<w:tc>{p('一')}{p('二')}</w:tc>"))
    assert cell == ("一\n二", NO)


def test_deleted_moved_and_fallback_text_is_left_out() -> None:
    gone = "<w:del><w:r><w:t>删</w:t></w:r></w:del><w:moveFrom><w:r><w:t>移</w:t></w:r></w:moveFrom>"
    fallback = "<mc:AlternateContent><mc:Fallback><w:t>旧</w:t></mc:Fallback></mc:AlternateContent>"
    kept = "<w:ins><w:r><w:t>新</w:t></w:r></w:ins>"
    assert blocks(f"<w:p>{gone}{kept}<w:r>{fallback}</w:r></w:p>") == [Paragraph("新")]
    assert grid(tr(tc("甲")) + tr(tc("乙"), properties="<w:del/>")) == [[("甲", NO)]]


def test_a_table_in_a_cell_follows_and_its_text_is_not_the_cells() -> None:
    inner = f"<w:tbl>{tr(tc('内'))}</w:tbl>"
    outer = tr("<w:tc>" + p("外") + inner + p("") + "</w:tc>")
    found = blocks(f"<w:tbl>{outer}</w:tbl>")
    assert [table.rows[0][0].text.strip("\n") for table in found if isinstance(table, Table)] == ["外", "内"]


def test_the_strict_kind_reads_the_same() -> None:
    body = p("段") + f"<w:tbl>{tr(tc('甲', RESTART))}{tr(tc('', GOES_ON))}</w:tbl>"
    assert blocks(body, STRICT) == blocks(body)


@pytest.mark.parametrize(
    ("form", "text", "printed"),
    [
        ("decimal", "%1.", ["1.甲", "2.乙"]),
        ("chineseCounting", "（%1）", ["（一）甲", "（二）乙"]),
        ("decimalEnclosedCircle", "%1", ["①甲", "②乙"]),
        ("bullet", "●", ["甲", "乙"]),
    ],
)
def test_the_numbers_of_lists_are_printed(form: str, text: str, printed: list[str]) -> None:
    level = (
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
    )
    numbering = (
        f'<w:numbering xmlns:w="{USUAL}"><w:abstractNum w:abstractNumId="7">{level}</w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="a" Type="{kind}" Target="numbering.xml"/></Relationships>'
    )
    mark = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr></w:pPr>'
    parts = {"word/_rels/document.xml.rels": relations, "word/numbering.xml": numbering}
    found = blocks(p("甲", mark) + p("乙", mark) + p("丙"), parts=parts)
    assert [block.text for block in found if isinstance(block, Paragraph)] == [*printed, "丙"]
