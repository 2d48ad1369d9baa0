"""A check says each difference between files, manifest and records; a damaged manifest is one sentence."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from lake_made import Changing, checked, refreshed
from youju.analytics.lake.errors import LakeError, ManifestError
from youju.analytics.lake.manifest import read, totals
from youju.analytics.lake.reading import snapshot

DAY = date(2023, 6, 1)


@pytest.fixture
def source(tmp_path: Path) -> Changing:
    made = Changing()
    made.put(1, DAY, "10.01", "20.02")
    made.put(2, date(2023, 7, 1), "30.00")
    refreshed(made, tmp_path)
    return made


def sentences(source: Changing, root: Path) -> list[str]:
    return [each.sentence for each in checked(source, root).differences]


def test_a_cent_is_found_with_its_table_and_month(source: Changing, tmp_path: Path) -> None:
    source.lines[1][0]["value_cny"] += Decimal("0.01")
    assert sentences(source, tmp_path) == [
        "released_lines 2023-06：折人民币（value_cny）合计，数据湖 210.21，数据库 210.22",
        "released_declarations 2023-06：折人民币（value_cny）合计，数据湖 210.21，数据库 210.22",
    ]


def test_a_row_too_few_is_found(source: Changing, tmp_path: Path) -> None:
    del source.lines[2]
    found = sentences(source, tmp_path)
    assert found[0] == "released_lines 2023-07：数据湖有 1 行，数据库有 0 行"
    assert any("released_declarations 2023-07" in each for each in found)


def test_a_merchant_that_changed_without_a_note_is_found(source: Changing, tmp_path: Path) -> None:
    source.lines[2][0]["merchant_id"] += 1
    assert [each for each in sentences(source, tmp_path) if "市场经营户（merchant_id）" in each]


def test_what_changed_since_the_refresh_is_no_difference(source: Changing, tmp_path: Path) -> None:
    source.put(1, DAY, "99.00")
    source.put(3, DAY, "5.00")
    result = checked(source, tmp_path)
    assert (result.differences, result.pending) == ((), 4)


def test_a_file_that_is_missing_or_changed_is_named(source: Changing, tmp_path: Path) -> None:
    june, july = snapshot(tmp_path, "p").files("released_lines")
    june.unlink()
    content = bytearray(july.read_bytes())
    content[len(content) // 2] ^= 1
    july.write_bytes(content)
    found = sentences(source, tmp_path)
    assert [each.partition("：")[0] for each in found] == ["released_lines 2023-06", "released_lines 2023-07"]
    assert "不见了" in found[0]
    assert "校验值不符" in found[1]
    assert refreshed(source, tmp_path, full=True).whole
    assert sentences(source, tmp_path) == []


def test_files_of_others_are_named_and_left_alone(source: Changing, tmp_path: Path) -> None:
    foreign = tmp_path / "p" / "released_lines" / "说明.txt"
    foreign.write_text("x")
    result = checked(source, tmp_path)
    assert (result.differences, len(result.notes)) == ((), 1)
    assert "说明.txt 不是数据湖的文件" in result.notes[0]
    refreshed(source, tmp_path, full=True)
    assert foreign.exists()


def test_a_lake_of_another_database_is_not_compared(source: Changing, tmp_path: Path) -> None:
    source.database = "restored"
    assert sentences(source, tmp_path) == ["数据湖不是从现在这个数据库写出的，请运行 youju lake refresh"]


def test_a_cube_that_differs_from_its_table_is_found(source: Changing, tmp_path: Path) -> None:
    manifest = read(tmp_path / "p")
    assert manifest is not None
    cubes = dict(manifest.cubes)
    cubes["cube_goods"] = dict.fromkeys(cubes["cube_goods"], ())
    manifest.changed(cubes=cubes).write(tmp_path / "p")
    found = sentences(source, tmp_path)
    assert any(each.startswith("cube_goods 2023：value_cny 合计，汇总立方 0，明细 ") for each in found)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "已损坏"),
        (b"{", "已损坏"),
        (b"[]", "已损坏"),
        (b'{"format": 1}', "已损坏"),
        (b'{"format": 1, "check": "x"}', "与它的校验值不符"),
        (b'{"format": 9, "check": "x"}', "另一版程序"),
        (None, "与它的校验值不符"),
    ],
    ids=["empty", "cut", "another thing", "without a check", "foreign", "newer", "a digit changed"],
)
def test_a_damaged_manifest_is_one_sentence_and_mended_by_a_rebuild(
    source: Changing, tmp_path: Path, content: bytes | None, words: str
) -> None:
    path = tmp_path / "p" / "manifest.json"
    told = json.loads(path.read_bytes())
    path.write_bytes(json.dumps(told | {"mark": 0}).encode() if content is None else content)
    for work in (lambda: refreshed(source, tmp_path), lambda: snapshot(tmp_path, "p")):
        with pytest.raises(ManifestError, match=f"{words}.*youju lake refresh --full"):
            work()
    done = refreshed(source, tmp_path, full=True)
    assert done.manifest.version == 2, "numbering goes on after the highest that a file bears"
    assert sentences(source, tmp_path) == []


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "p").write_text("a file where the folder should be")
    with pytest.raises((LakeError, FileExistsError)):
        refreshed(Changing(), tmp_path)


def test_totals_add_up_to_the_cent(source: Changing, tmp_path: Path) -> None:
    manifest = read(tmp_path / "p")
    assert manifest is not None
    pieces = [piece for months in manifest.tables["released_lines"].values() for piece in months]
    rows, sums = totals(tuple(pieces))
    assert (rows, sums["value_cny"], manifest.rows) == (3, Decimal("420.21"), 5)
