"""Kept files travel with the database: into the archive, and back where they are missing."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from youju.foundation.backup.archive import open_archive

CONTENT = "一份附件。".encode() * 50
SHA = hashlib.sha256(CONTENT).hexdigest()
KEEP = (
    "from youju.foundation.files.services import keep; "
    f"print(keep({CONTENT!r}, name='a.txt', purpose='upload').sha256)"
)


@pytest.fixture
def machine(demo, new_machine):
    """The demo with one kept file."""
    made = new_machine(demo)
    assert made.well("django", "shell", "--no-imports", "-c", KEEP).strip() == SHA
    return made


def _file(machine) -> Path:
    return machine.var / "files" / SHA[:2] / SHA[2:4] / SHA


def _kept(machine) -> int:
    """How many files the store has: ours and the demo's own papers."""
    return sum(
        each.is_file() for each in (machine.var / "files").rglob("*") if each.parent.name != "incoming"
    )


def test_a_kept_file_is_saved_and_restored(machine, new_machine, room: Path) -> None:
    saved, kept = room / "files.tar", _kept(machine)
    assert machine.json("backup", saved)["files"] == kept > 1
    assert b"".join(open_archive(saved).read(f"files/{SHA[:2]}/{SHA[2:4]}/{SHA}")) == CONTENT
    other = new_machine()
    assert other.json("restore", saved)["files"] == kept
    assert _file(other).read_bytes() == CONTENT
    _file(other).unlink()
    other.well("restore", saved)
    assert _file(other).read_bytes() == CONTENT
    assert list((other.var / "files" / "incoming").iterdir()) == []


@pytest.mark.parametrize(("harm", "complaint"), [("gone", "不见了"), ("changed", "已损坏")])
def test_a_damaged_store_is_told_and_leaves_no_archive(
    machine, room: Path, harm: str, complaint: str
) -> None:
    path = _file(machine)
    if harm == "gone":
        path.unlink()
    else:
        path.chmod(0o600)
        path.write_bytes(CONTENT[:-1] + b"!")
    refused = machine.run("backup", room / f"{harm}.tar")
    assert refused.returncode == 2
    assert complaint in refused.stderr
    assert "Traceback" not in refused.stderr
    assert list(room.glob(f"*{harm}.tar*")) == list(room.glob(f".{harm}.tar*")) == []


def test_a_file_that_is_collected_meanwhile_is_no_damage(machine, room: Path) -> None:
    """Between the snapshot and the copying: the backup is begun again, with a later snapshot."""
    patch = (
        "import youju.foundation.backup.programs as p\nwas = p.dump\n"
        "def dump(*a):\n"
        "    yield from was(*a)\n"
        "    import django.db, pathlib\n"
        f"    pathlib.Path({str(_file(machine))!r}).unlink(missing_ok=True)\n"
        "    with django.db.connection.cursor() as c:\n"
        f"        c.execute('DELETE FROM files_content WHERE sha256 = %s', [{SHA!r}])\n"
        "    django.db.connection.close()\n"
        "p.dump = dump"
    )
    done = machine.run("backup", room / "meanwhile.tar", patch=patch)
    assert done.returncode == 0, done.stderr
    assert f"{_kept(machine)} 个文件" in done.stdout
