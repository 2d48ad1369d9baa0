"""Whatever an administrator of the database does to the trail is found: by ``verify``, and in an exported pack by ``check``."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction

from apps.foundation.audit.conftest import DONE, administrator, thing
from youju.foundation.audit import chain, exporting, roots, verifying, witness
from youju.foundation.audit.packs import check_pack
from youju.foundation.audit.services import record
from youju.foundation.kernel.errors import InputError

pytestmark = pytest.mark.django_db(transaction=True)

COLUMNS = [
    "actor", "actor_name", "on_behalf_of", "organisation", "address", "request_id", "channel", "verb",
    "subject_kind", "subject_key", "subject_label", "before", "after", "reason",
]  # fmt: skip


def faults() -> set[str]:
    return {finding.what for finding in verifying.verify().findings}


def recompute(run: Callable[..., list[object]]) -> None:
    """What a clever administrator does: hash every row anew and set the heads."""
    for head in verifying.segments():
        previous, length = chain.genesis(head.number, None, None), 0
        for values, _ in list(verifying.entries(head.number)):
            previous, length = chain.entry_hash(previous, values), length + 1
            run(
                "UPDATE audit_entry SET hash = %s WHERE segment = %s AND position = %s",
                previous,
                head.number,
                int(values[1]),
            )
        run(
            "UPDATE audit_segment SET head = %s, length = %s WHERE number = %s", previous, length, head.number
        )


def test_an_untouched_trail_is_intact(trail: Path) -> None:
    result = verifying.verify()
    assert result.intact
    assert (result.entries, result.witnessed) == (12, 7)


@pytest.mark.parametrize("column", COLUMNS)
def test_a_changed_column_is_found(trail: Path, column: str) -> None:
    with administrator() as run:
        run(f"UPDATE audit_entry SET {column} = coalesce({column}, '') || '1' WHERE position = 4")
    (finding,) = verifying.verify().findings
    assert (finding.what, finding.position) == ("changed", 4)
    assert "第 4 条" in finding.sentence


def test_a_changed_time_is_found(trail: Path) -> None:
    with administrator() as run:
        run("UPDATE audit_entry SET at = at - interval '1 microsecond' WHERE position = 4")
    assert faults() == {"changed"}


@pytest.mark.parametrize("position", [1, 5, 11])
def test_a_removed_row_is_found(trail: Path, position: int) -> None:
    with administrator() as run:
        run("DELETE FROM audit_entry WHERE position = %s", position)
    assert "missing" in faults()


def test_rows_that_changed_places_are_found(trail: Path) -> None:
    with administrator() as run:
        for old, new in ((2, 100), (3, 2), (100, 3)):
            run("UPDATE audit_entry SET position = %s WHERE position = %s", new, old)
    assert "changed" in faults()


@pytest.mark.parametrize("kept", [0, 5, 11])
def test_an_end_cut_off_is_found_by_the_head(trail: Path, kept: int) -> None:
    with administrator() as run:
        run("DELETE FROM audit_entry WHERE position > %s", kept)
    assert "cut" in faults()


@pytest.mark.parametrize("kept", [0, 5, 11])
def test_an_end_cut_off_with_the_head_rewritten_is_found_by_the_witness(trail: Path, kept: int) -> None:
    with administrator() as run:
        run("DELETE FROM audit_entry WHERE position > %s", kept)
        recompute(run)
    found = verifying.verify().findings
    assert {finding.what for finding in found} == {"cut"}
    assert "见证文件" in found[0].sentence


def test_a_chain_rewritten_from_the_start_is_found_by_the_witness(trail: Path) -> None:
    with administrator() as run:
        run("UPDATE audit_entry SET actor = 'somebody' WHERE position = 2")
        recompute(run)
    assert faults() == {"witness"}


def test_a_chain_rewritten_is_found_by_the_root_alone(trail: Path) -> None:
    roots.publish(date(2026, 1, 5))
    for path in trail.glob("*.txt"):
        path.unlink()
    with administrator() as run:
        run("UPDATE audit_entry SET actor = 'somebody' WHERE position = 2")
        recompute(run)
    found = verifying.verify().findings
    assert {finding.what for finding in found} == {"witness"}
    assert "2026-01-05 的审计根" in found[0].sentence


def test_a_whole_segment_gone_is_found(trail: Path) -> None:
    with administrator() as run:
        run("DELETE FROM audit_entry")
        run("DELETE FROM audit_segment")
    assert faults() == {"segment_gone"}


def test_a_closed_segment_gone_is_found_without_any_witness(
    trail_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("youju.foundation.audit.services.whole", lambda *_: 2)
    for number in range(5):
        with transaction.atomic():
            record(DONE, thing(number))
    for path in trail_folder.glob("*.txt"):
        path.unlink()
    assert verifying.verify().intact
    last = verifying.segments()[-1].number
    with administrator() as run:
        run("DELETE FROM audit_entry WHERE segment = %s", last)
        run("DELETE FROM audit_segment WHERE number = %s", last)
    assert faults() == {"successor_gone"}
    with administrator() as run:
        run("DELETE FROM audit_entry WHERE segment = (SELECT min(number) FROM audit_segment)")
        run("DELETE FROM audit_segment WHERE number = (SELECT min(number) FROM audit_segment)")
    assert "previous_gone" in faults()


def test_rows_without_a_segment_are_found(trail: Path) -> None:
    with administrator() as run:
        run("UPDATE audit_entry SET segment = segment + 1000 WHERE position = 12")
    assert {"stray", "cut"} <= faults()


def test_roots_that_were_changed_removed_or_swapped_are_found(trail: Path) -> None:
    for day in (1, 2, 3):
        roots.publish(date(2026, 1, day))
        with transaction.atomic():
            record(DONE, thing(f"day {day}"))
    assert verifying.verify().intact
    second = roots.folder() / "2026-01-02.json"
    text = second.read_text(encoding="utf-8")
    root = json.loads(text)
    root["segments"][0][1] -= 1
    second.write_text(json.dumps(root), encoding="utf-8")
    assert "root" in faults()
    second.unlink()
    assert "root_chain" in faults()
    second.write_text(text, encoding="utf-8")
    assert verifying.verify().intact
    second.write_text("[1", encoding="utf-8")
    with pytest.raises(InputError, match=r"2026-01-02\.json 读不出来"):
        verifying.verify()


def test_a_root_is_published_once_and_in_order(trail: Path) -> None:
    path, new = roots.publish(date(2026, 1, 2))
    assert new
    assert roots.publish(date(2026, 1, 2)) == (path, False)
    with pytest.raises(InputError, match="已有更晚的审计根"):
        roots.publish(date(2026, 1, 1))


def test_a_witness_line_that_was_changed_is_found_and_a_torn_last_one_is_not(trail: Path) -> None:
    (path,) = trail.glob("*.txt")
    text = path.read_text()
    path.write_text(text + "1 99 abc")  # a process killed in the middle of its line
    assert verifying.verify().intact
    path.write_text(text.replace("1", "2", 1) if text.startswith("1") else "x" + text)
    assert not verifying.verify().intact


def test_a_witness_that_lags_is_no_fault(trail: Path) -> None:
    (path,) = trail.glob("*.txt")
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:-2]))
    assert verifying.verify().intact


def test_verify_stands_beside_a_writer(trail: Path) -> None:
    """What is committed after the witnesses were read and before the look at the database is no fault."""
    lines = witness.lines

    def late() -> object:
        yield from lines()
        with transaction.atomic():
            record(DONE, thing("late"))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(witness, "lines", late)
        assert verifying.verify().intact


@pytest.mark.parametrize("name", ["trail.jsonl", "trail.jsonl.gz"])
def test_a_pack_checks_without_the_database_and_is_equal_twice(
    trail: Path, tmp_path: Path, name: str
) -> None:
    roots.publish(date(2026, 1, 2))
    manifest = exporting.export(tmp_path / name)
    exporting.export(tmp_path / f"again-{name}")
    assert (tmp_path / name).read_bytes() == (tmp_path / f"again-{name}").read_bytes()
    check, read = check_pack(tmp_path / name)
    assert not check.findings
    assert read == manifest
    assert (check.entries, manifest["roots"]) == (12, 1)
    with pytest.raises(InputError, match="已存在"):
        exporting.export(tmp_path / name)
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == sorted(
        [name, f"again-{name}"]
    )


def test_every_edited_line_of_a_pack_is_found(trail: Path, tmp_path: Path) -> None:
    roots.publish(date(2026, 1, 2))
    pack = tmp_path / "trail.jsonl"
    exporting.export(pack)
    lines = pack.read_bytes().splitlines(keepends=True)
    for number in range(1, len(lines)):
        for edited in (
            b"",
            lines[number] * 2,
            lines[number].replace(b"1", b"2", 1),
            lines[number][:-3] + b"\n",
        ):
            if edited == lines[number]:
                continue
            pack.write_bytes(b"".join([*lines[:number], edited, *lines[number + 1 :]]))
            assert check_pack(pack)[0].findings, (number, edited)


def test_a_pack_cut_off_anywhere_is_found(trail: Path, tmp_path: Path) -> None:
    whole, packed = tmp_path / "a.jsonl", tmp_path / "a.jsonl.gz"
    exporting.export(whole)
    exporting.export(packed)
    for pack in (whole, packed):
        data = pack.read_bytes()
        for size in range(400, len(data) - 1, 211):
            pack.write_bytes(data[:size])
            try:
                assert check_pack(pack)[0].findings, (pack.name, size)
            except InputError:
                assert pack is packed  # not even its first line is left


def test_a_file_that_is_no_pack_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "x.jsonl"
    other.write_text('{"format":"other"}\n')
    with pytest.raises(InputError, match="不是审计记录的导出文件"):
        check_pack(other)
    other.write_bytes(gzip.compress(b"\xff\xfe"))
    with pytest.raises(InputError, match="不是审计记录的导出文件"):
        check_pack(other)
    with pytest.raises(InputError, match="打不开"):
        check_pack(tmp_path / "absent")
