"""Writing as a whole: formats, choice of projects, refusals, files that are there whole or not at all."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from targets_made import document, project
from youju.foundation.kernel.errors import InputError
from youju.performance.targets.documents import write_document, write_path
from youju.performance.targets.imports import read_document

_SIGNATURES = {"docx": b"PK\x03\x04", "xlsx": b"PK\x03\x04", "pdf": b"%PDF-"}


@pytest.mark.parametrize("format", ["docx", "xlsx", "pdf"])
def test_the_suffix_decides_the_format(format: str, tmp_path: Path) -> None:
    target = tmp_path / f"表.{format.upper()}"
    write_path(document(), target)
    assert target.read_bytes().startswith(_SIGNATURES[format])
    assert [path.name for path in tmp_path.iterdir()] == [target.name]
    assert target.stat().st_mode & 0o777 in (0o644, 0o664, 0o640, 0o600)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("表.doc", "表.doc：不认识的文件类型“.doc”；请把输出文件命名为 .docx、.xlsx 或 .pdf。"),
        ("表", "表：文件名没有扩展名；请把输出文件命名为 .docx、.xlsx 或 .pdf。"),
    ],
)
def test_an_unknown_suffix_is_refused(name: str, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        write_path(document(), tmp_path / name)
    assert str(caught.value) == sentence


def test_a_missing_folder_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"无法写入文件.*请检查文件夹是否存在"):
        write_path(document(), tmp_path / "没有" / "表.docx")


def test_a_refused_document_leaves_the_old_file_alone(tmp_path: Path) -> None:
    target = tmp_path / "表.docx"
    target.write_bytes(b"old")
    with pytest.raises(InputError):
        write_path(document(project(name="坏\x07字")), target)
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["表.docx"]


@pytest.mark.parametrize("format", ["docx", "xlsx", "pdf"])
@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x0b", "\x1f", "\ufffe", "\uffff", "\ud800"])
def test_a_control_character_is_refused_by_its_place(format: str, sign: str) -> None:
    with pytest.raises(InputError) as caught:
        write_document(document(project(), project(code="A2", goals=("一", f"目{sign}标"))), format)
    assert str(caught.value) == (
        f"projects[1].goals[1]：文字里有不能写入文件的控制字符 U+{ord(sign):04X}（第 2 个字）；请删去这个字符。"
    )


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(InputError, match="不能写成“odt”格式；可选 docx、xlsx、pdf"):
        write_document(document(), "odt")  # type: ignore[arg-type]


@pytest.mark.parametrize("format", ["xlsx", "pdf"])
def test_pictures_are_for_word(format: str) -> None:
    with pytest.raises(InputError, match="不能带附图"):
        write_document(document(), format, pictures=True)


@pytest.mark.parametrize("format", ["docx", "xlsx"])
def test_chosen_projects_stand_in_the_order_asked_for_without_part_one(format: str) -> None:
    whole = document(*(project(code=f"A{number}") for number in range(1, 5)))
    read = read_document(write_document(whole, format, projects=["A4", "A2"]), f"x.{format}")
    assert [found.code for found in read.projects] == ["A4", "A2"]
    assert read.department == replace(whole.department, goal="", subgoals=(), safeguards=())
    assert read.document == whole.document


def test_a_project_that_is_not_there_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        write_document(document(project()), "docx", projects=["ZZZ"])
    assert caught.value.status == 404
    assert str(caught.value) == "项目编码 ZZZ：文件里没有这个项目；请核对项目编码。"


def test_twelve_tables_of_nine_rows_take_less_than_a_second() -> None:
    twelve = document(*(project(code=f"A{number}", rows=9) for number in range(12)))
    write_document(twelve, "docx")
    start = time.process_time()
    write_document(twelve, "docx")
    assert time.process_time() - start < 1


def test_writing_does_not_start_django() -> None:
    code = (
        "import sys\nfrom targets_made import document\nfrom youju.performance.targets.documents import write_document\n"
        "[write_document(document(), format) for format in ('docx', 'xlsx', 'pdf')]\n"
        "print(*{name.partition('.')[0] for name in sys.modules} & {'django', 'altair', 'matplotlib', 'zhplot'})"
    )
    tests = Path(__file__).resolve().parents[4]
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tests
    )
    assert result.stdout.strip() == ""
