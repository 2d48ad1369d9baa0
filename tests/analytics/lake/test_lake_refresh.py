"""A refresh brings into the lake what changed, and touches nothing else."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lake_made import LIMITS, NOW, Changing, checked, cube_as_it_lies, refreshed
from youju.analytics.lake import writing
from youju.analytics.lake.errors import LakeError
from youju.analytics.lake.folder import LakeFolder
from youju.analytics.lake.manifest import Manifest, read
from youju.analytics.lake.reading import Snapshot, snapshot
from youju.analytics.periods import Period

MAY, JUNE, JULY = date(2023, 5, 9), date(2023, 6, 1), date(2023, 7, 31)


@pytest.fixture
def source() -> Changing:
    made = Changing()
    made.put(1, MAY, "10.01", "20.02")
    made.put(2, JUNE, "30.00")
    made.put(3, JUNE, "40.00", "1.00", "2.00", country="KE")
    return made


def files(manifest: Manifest, table: str = "released_lines") -> Mapping[str, list[str]]:
    return {month: [piece.file for piece in pieces] for month, pieces in manifest.tables[table].items()}


def lines(root: Path) -> list[tuple[int, Decimal]]:
    found = [pq.read_table(path, partitioning=None) for path in snapshot(root, "p").files("released_lines")]
    return sorted(
        (row["line_id"], row["value_cny"]) for table in found for row in table.select(["line_id", "value_cny"]).to_pylist()
    )  # fmt: skip


def test_the_first_refresh_fills_every_month(source: Changing, tmp_path: Path) -> None:
    done = refreshed(source, tmp_path)
    assert (done.whole, done.manifest.version, done.manifest.mark) == (True, 1, source.mark)
    may = done.manifest.tables["released_lines"]["2023-05"]
    assert [(piece.rows, piece.least, piece.greatest) for piece in may] == [(2, 1, 1)]
    assert may[0].sums["value_cny"] == "210.21"
    assert may[0].size == (tmp_path / "p" / may[0].file).stat().st_size
    assert checked(source, tmp_path).differences == ()
    table = pq.read_table(tmp_path / "p" / may[0].file, partitioning=None)
    assert table["name"][0].as_py() == 'T恤"衫"，\n一件'


def test_new_records_are_appended_and_other_files_stay(source: Changing, tmp_path: Path) -> None:
    before = files(refreshed(source, tmp_path).manifest)
    source.put(4, JUNE, "5.00")
    source.put(5, JULY, "6.00")
    done = refreshed(source, tmp_path)
    after = files(done.manifest)
    assert (done.whole, done.records) == (False, 4), "two records in each of two tables"
    assert done.months["released_lines"] == ("2023-06", "2023-07")
    assert after["2023-05"] == before["2023-05"]
    assert after["2023-06"][0] == before["2023-06"][0]
    assert len(after["2023-06"]) == 2
    assert checked(source, tmp_path).differences == ()


def test_a_late_correction_rewrites_only_its_month(source: Changing, tmp_path: Path) -> None:
    before = files(refreshed(source, tmp_path).manifest)
    source.put(2, JUNE, "30.01")
    done = refreshed(source, tmp_path)
    assert done.months["released_lines"] == ("2023-06",)
    assert files(done.manifest)["2023-05"] == before["2023-05"]
    assert before["2023-06"][0] not in files(done.manifest)["2023-06"]
    assert (200, Decimal("210.07")) in lines(tmp_path)
    assert len(lines(tmp_path)) == 6
    assert checked(source, tmp_path).differences == ()


def test_a_record_that_moves_to_another_month_leaves_the_old_one(source: Changing, tmp_path: Path) -> None:
    refreshed(source, tmp_path)
    source.put(1, JULY, "10.01", "20.02")
    done = refreshed(source, tmp_path)
    assert done.months["released_lines"] == ("2023-05", "2023-07")
    assert "2023-05" not in done.manifest.tables["released_lines"]
    months = {row["month"] for row in cube_as_it_lies(Snapshot(tmp_path / "p", done.manifest), "cube_goods")}
    assert months == {date(2023, 6, 1), date(2023, 7, 1)}
    assert checked(source, tmp_path).differences == ()


def test_a_withdrawn_record_goes(source: Changing, tmp_path: Path) -> None:
    refreshed(source, tmp_path)
    source.put(3, JUNE)
    refreshed(source, tmp_path)
    assert [key for key, _ in lines(tmp_path)] == [100, 101, 200]
    assert checked(source, tmp_path).differences == ()


def test_a_change_that_changes_nothing_writes_nothing(source: Changing, tmp_path: Path) -> None:
    first = refreshed(source, tmp_path)
    source.put(2, JUNE, "30.00")
    done = refreshed(source, tmp_path)
    assert (done.changed, done.records) == (False, 0)
    assert done.manifest.version == first.manifest.version
    assert done.manifest.mark == source.mark > first.manifest.mark
    assert files(done.manifest) == files(first.manifest)


def test_many_small_files_of_a_month_become_one(source: Changing, tmp_path: Path) -> None:
    refreshed(source, tmp_path)
    for key in range(10, 10 + LIMITS.small_files):
        source.put(key, JUNE, "1.00")
        done = refreshed(source, tmp_path)
    assert len(files(done.manifest)["2023-06"]) == 1
    assert checked(source, tmp_path).differences == ()


def test_a_file_that_left_the_manifest_stays_for_the_grace_period(source: Changing, tmp_path: Path) -> None:
    refreshed(source, tmp_path)
    reader = snapshot(tmp_path, "p")
    source.put(2, JUNE, "31.00")
    refreshed(source, tmp_path)
    refreshed(source, tmp_path, now=NOW + timedelta(hours=1))
    assert all(path.exists() for path in reader.files("released_lines"))
    done = refreshed(source, tmp_path, now=NOW + timedelta(hours=3))
    assert done.removed > 0
    assert not all(path.exists() for path in reader.files("released_lines"))
    assert refreshed(source, tmp_path, now=NOW + timedelta(hours=3)).manifest.retired == {}


def test_a_reader_during_a_refresh_sees_one_state(source: Changing, tmp_path: Path) -> None:
    refreshed(source, tmp_path)
    source.put(2, JUNE, "31.00")
    source.put(6, MAY, "1.00")
    seen: list[tuple[int, list[tuple[int, Decimal]]]] = []

    def look(_step: str) -> None:
        seen.append((snapshot(tmp_path, "p").manifest.version, lines(tmp_path)))

    refreshed(source, tmp_path, tell=look)
    look("")
    states = {version: {tuple(rows) for number, rows in seen if number == version} for version, _ in seen}
    assert {version: len(rows) for version, rows in states.items()} == {1: 1, 2: 1}


@pytest.mark.parametrize(
    "change",
    [{"database": "restored"}, {"mark": 99, "log_begins": 98}, {"mark": 1}],
    ids=["another database", "the log was cut", "transactions are counted anew"],
)
def test_a_mark_that_means_nothing_here_fills_all_anew(
    source: Changing, tmp_path: Path, change: dict[str, Any]
) -> None:
    refreshed(source, tmp_path)
    source.lines[2][0]["value_cny"] = Decimal(1)  # of which no log tells
    for name, value in change.items():
        setattr(source, name, value)
    assert refreshed(source, tmp_path).whole
    assert checked(source, tmp_path).differences == ()


def test_a_changed_definition_fills_its_table_anew(source: Changing, tmp_path: Path) -> None:
    done = refreshed(source, tmp_path)
    done.manifest.changed(shapes=done.manifest.shapes | {"released_lines": "x", "cube_agents": "y"}).write(
        tmp_path / "p"
    )
    again = refreshed(source, tmp_path)
    assert again.months == {"released_lines": ("2023-05", "2023-06"), "released_declarations": ()}
    assert again.manifest.shapes == done.manifest.shapes


def test_a_second_writer_is_refused(source: Changing, tmp_path: Path) -> None:
    with LakeFolder(tmp_path, "p").writing(), pytest.raises(LakeError, match="另一个进程正在刷新"):
        refreshed(source, tmp_path)


def test_a_full_disk_is_one_sentence_and_loses_nothing(
    source: Changing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refreshed(source, tmp_path)
    before = lines(tmp_path)
    source.put(2, JUNE, "31.00")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(writing, "keep_whole", full)
        with pytest.raises(LakeError, match=r"磁盘满了.*保持原样；请腾出空间"):
            refreshed(source, tmp_path)
    assert lines(tmp_path) == before
    refreshed(source, tmp_path)
    assert checked(source, tmp_path).differences == ()


def test_the_lake_of_another_pilot_is_not_written_over(source: Changing, tmp_path: Path) -> None:
    refreshed(source, tmp_path)
    manifest = read(tmp_path / "p")
    assert manifest is not None
    manifest.changed(pilot="q").write(tmp_path / "p")
    with pytest.raises(LakeError, match="试点 q 的数据湖"):
        refreshed(source, tmp_path)


@settings(max_examples=6)
@given(
    st.lists(
        st.lists(
            st.tuples(
                st.integers(1, 6),
                st.sampled_from([MAY, JUNE, JULY]),
                st.lists(st.decimals("0.01", "99.99", places=2).map(str), max_size=3),
            ),
            max_size=4,
        ),
        min_size=1,
        max_size=3,
    )
)
def test_after_any_changes_the_lake_equals_the_records(
    tmp_path_factory: pytest.TempPathFactory, rounds: list[list[tuple[int, date, list[str]]]]
) -> None:
    root, made = tmp_path_factory.mktemp("lake"), Changing()
    for changes in rounds:
        for key, day, values in changes:
            made.put(key, day, *values)
        refreshed(made, root)
        result = checked(made, root)
        assert (result.differences, result.pending, result.notes) == ((), 0, ())
    wanted = sorted((row["line_id"], row["value_cny"]) for rows in made.lines.values() for row in rows)
    assert lines(root) == wanted


def test_files_are_chosen_by_month(source: Changing, tmp_path: Path) -> None:
    manifest = refreshed(source, tmp_path).manifest
    state = Snapshot(tmp_path / "p", manifest)
    assert len(state.files("released_lines", Period.parse("2023-05"))) == 1
    assert len(state.files("cube_goods", Period.parse("2023Q2"))) == 1
    assert state.files("cube_goods", Period.parse("2022")) == []
    assert state.files("released_lines", Period.parse("2022")) == []
    assert state.files("filed_parties") == []


def test_no_lake_yet_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(LakeError, match=r"还没有数据湖.*youju lake refresh"):
        snapshot(tmp_path, "p")
