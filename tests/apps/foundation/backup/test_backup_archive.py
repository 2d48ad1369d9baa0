"""The archive itself: whatever happens to its bytes, it is refused or it is what it was."""

from __future__ import annotations

import io
import json
import subprocess
import tarfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youju.foundation.backup import archive as archives
from youju.foundation.backup import contents, secret_box
from youju.foundation.backup.archive import DUMP, HEADER, Writer, open_archive
from youju.foundation.kernel.errors import InputError

SHA = "ab" + "cd" + "0" * 60
FILE = f"files/ab/cd/{SHA}"


def _make(target: Path, *, header: object = None, extra: dict[str, bytes] | None = None) -> Path:
    writer = Writer(target)
    try:
        writer.add_json(HEADER, {"format": archives.FORMAT} if header is None else header)
        writer.add("audit/witness/2026-11-23.txt", [b"1 1 aa\n"])
        writer.add(DUMP, [b"PGDMP" * 300, b"", b"x"])
        for name, data in (extra or {FILE: b"kept"}).items():
            writer.add(name, [data])
        writer.close({"taken_at": "2026-11-23T00:00:00+00:00", "database": {"tables": {}, "bytes": 1}})
        writer.publish()
    finally:
        writer.abandon()
    return target


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _make(tmp_path_factory.mktemp("archive") / "a.tar")


def test_what_was_written_is_read(whole: Path) -> None:
    found = open_archive(whole)
    assert [each.name for each in found.members] == [HEADER, "audit/witness/2026-11-23.txt", DUMP, FILE]
    assert b"".join(found.read(DUMP)) == b"PGDMP" * 300 + b"x"
    assert len(found.sha256) == 64


def test_plain_tar_unpacks_it(whole: Path, tmp_path: Path) -> None:
    subprocess.run(["tar", "-xf", whole, "-C", tmp_path], check=True)
    assert (tmp_path / FILE).read_bytes() == b"kept"
    subprocess.run(["sha256sum", "-c", "manifest.sha256"], cwd=tmp_path, check=True, capture_output=True)


@given(st.data())
def test_a_changed_byte_is_refused_or_changes_nothing(whole: Path, data: st.DataObject) -> None:
    """Only the padding between members is unguarded; it means nothing."""
    raw = bytearray(whole.read_bytes())
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
    _refused_or_same(whole, bytes(raw))


@given(st.data())
def test_a_cut_file_is_refused_or_lost_nothing(whole: Path, data: st.DataObject) -> None:
    raw = whole.read_bytes()
    _refused_or_same(whole, raw[: data.draw(st.integers(0, len(raw) - 1))])


def _refused_or_same(whole: Path, raw: bytes) -> None:
    bad = whole.with_name("bad.tar")
    bad.write_bytes(raw)
    try:
        found = open_archive(bad)
    except InputError:
        return
    same = open_archive(whole)
    assert found.manifest == same.manifest
    assert all(b"".join(found.read(m.name)) == b"".join(same.read(m.name)) for m in same.members)


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "files/ab/cd/../x",
        f"files/ff/cd/{SHA}",
        "audit/witness/../x",
        "other",
    ],
)
def test_a_member_that_has_no_place_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="不该有的"):
        open_archive(_make(tmp_path / "a.tar", extra={name: b"x"}))


def test_a_link_and_a_second_member_of_a_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="不该有的"):
        open_archive(_make(tmp_path / "twice.tar", extra={"audit/witness/2026-11-23.txt": b"other"}))
    with tarfile.open(tmp_path / "link.tar", "w") as tar:
        head = tarfile.TarInfo(HEADER)
        head.size = 2
        tar.addfile(head, io.BytesIO(b"{}"))
        link = tarfile.TarInfo(DUMP)
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    with pytest.raises(InputError, match="不该有的"):
        open_archive(tmp_path / "link.tar")


@pytest.mark.parametrize(
    ("header", "complaint"),
    [
        ({"format": "youju-backup-2"}, "比本程序新"),
        ({"format": "x"}, "不是有据的备份"),
        ([], "不是有据的备份"),
    ],
)
def test_what_it_says_of_itself_is_heard(tmp_path: Path, header: object, complaint: str) -> None:
    with pytest.raises(InputError, match=complaint):
        open_archive(_make(tmp_path / "a.tar", header=header))


@pytest.mark.parametrize("content", [b"", b"hello", b"\0" * 4096, b"PK\x03\x04" + b"x" * 600])
def test_another_file_is_not_ours(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "other").write_bytes(content)
    with pytest.raises(InputError, match="不是有据的备份文件"):
        open_archive(tmp_path / "other")


def test_a_folder_and_a_missing_file_are_told(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none"):
        with pytest.raises(InputError, match="打不开文件"):
            open_archive(path)


def test_a_rewritten_manifest_is_refused(whole: Path, tmp_path: Path) -> None:
    raw = whole.read_bytes().replace(b'"taken_at": "2026', b'"taken_at": "2025')
    (tmp_path / "a.tar").write_bytes(raw)
    with pytest.raises(InputError, match="清单与它的校验值不符"):
        open_archive(tmp_path / "a.tar")


@pytest.mark.parametrize(
    "manifest",
    [{}, {"taken_at": "x", "database": []}, {"taken_at": "x", "database": {"tables": 3, "bytes": 1}}],
)
def test_a_manifest_of_another_shape_is_refused(tmp_path: Path, manifest: dict[str, object]) -> None:
    writer = Writer(tmp_path / "a.tar")
    writer.add_json(HEADER, {"format": archives.FORMAT})
    writer.add(DUMP, [b"x"])
    writer.close(manifest)
    writer.publish()
    with pytest.raises(InputError, match="清单读不懂"):
        open_archive(tmp_path / "a.tar")


@given(st.integers(0, 10**15))
def test_the_head_of_a_member_of_any_size_is_one_block(size: int) -> None:
    head = archives._head(FILE, size)
    assert len(head) == archives.BLOCK
    assert tarfile.TarInfo.frombuf(head, "utf-8", "strict").size == size


def test_a_name_that_needs_two_blocks_is_a_fault_of_the_program(tmp_path: Path) -> None:
    writer = Writer(tmp_path / "a.tar")
    with pytest.raises(ValueError, match="too long"):
        writer.add("x" * 200, [])
    writer.abandon()


def test_an_abandoned_archive_leaves_nothing_and_a_target_that_appears_is_kept(tmp_path: Path) -> None:
    writer = Writer(tmp_path / "a.tar")
    writer.add(DUMP, [b"x"])
    writer.abandon()
    assert list(tmp_path.iterdir()) == []
    writer = Writer(tmp_path / "a.tar")
    writer.close({})
    (tmp_path / "a.tar").write_bytes(b"somebody's")
    with pytest.raises(InputError, match="已存在"):
        writer.publish()
    writer.abandon()
    assert [path.name for path in tmp_path.iterdir()] == ["a.tar"]
    assert (tmp_path / "a.tar").read_bytes() == b"somebody's"


def test_a_kept_file_is_brought_back_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_VAR", str(tmp_path))
    assert contents.bring_back(SHA, 4, lambda: [b"ke", b"pt"])
    assert (tmp_path / FILE).read_bytes() == b"kept"
    assert not contents.bring_back(SHA, 4, lambda: [b"never read"])


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"format": "youju-secrets-1", "secrets": {"../x": "y"}}', '{"format": "other"}']
)
def test_a_file_that_holds_no_secrets_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "keys"
    path.write_text(text)
    with pytest.raises(InputError, match="密钥文件"):
        secret_box.read(path)


def test_the_password_of_a_database_role_stays_on_its_machine(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("YOUJU_VAR", str(tmp_path / "var"))
    (tmp_path / "var" / "secrets").mkdir(parents=True)
    for name in ("secret_key", "database_app_password"):
        (tmp_path / "var" / "secrets" / name).write_text(f"{name}-value\n")
    secret_box.write(tmp_path / "keys")
    assert json.loads((tmp_path / "keys").read_text())["secrets"] == {"secret_key": "secret_key-value"}
