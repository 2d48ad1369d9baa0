"""The drill: the demo is saved, restored on an empty machine, and equals itself."""

from __future__ import annotations

import json
import os
import random
import signal
import time
from pathlib import Path

import pytest

from youju.foundation.backup.archive import open_archive
from youju.foundation.database import leftovers

ROUNDS = int(os.environ.get("YOUJU_KILL_ROUNDS", "10"))


def test_the_demo_restored_on_an_empty_machine_has_an_equal_trail(demo, new_machine, room: Path) -> None:
    """Saved while it runs; the exports of both machines are equal byte for byte, and so are all the tables."""
    saved, here, there = room / "equal.tar", room / "here.jsonl", room / "there.jsonl"
    # No jobs: one that is due writes into the trail between the two, and they would tell of two moments.
    with demo.up(YOUJU_JOB_WORKERS="0"):
        taken = demo.json("backup", saved, "--rehearse")
        demo.well("audit", "export", here)
    assert taken["rehearsed"]
    other = new_machine()
    restored = other.json("restore", saved)
    other.well("audit", "export", there)
    assert there.read_bytes() == here.read_bytes()
    assert restored["rows"] == taken["rows"]
    assert restored["old_database"] == ""
    assert other.look() == demo.look() == {"people": 15, "left": 0, "intact": True}
    with other.up():
        verbs = other.ask("SELECT string_agg(verb, ' ') FROM audit_entry WHERE verb LIKE 'backup.%'")
    assert verbs.split() == ["backup.archive.started", "backup.archive.restored"]
    assert not (other.var / "backup" / "restored.json").exists()


def test_the_old_state_is_kept_aside_until_it_is_cleaned(fresh, archive: Path, new_machine) -> None:
    machine = new_machine(fresh)
    restored = machine.json("restore", archive)
    assert restored["old_database"].startswith("youju_before_")
    assert Path(restored["old_audit"]).is_dir()
    assert machine.look()["people"] > 0
    listed = machine.json("restore-clean")
    assert listed == {
        "removed": False,
        "databases": [restored["old_database"]],
        "folders": [restored["old_audit"]],
    }
    assert machine.json("restore-clean", "--yes")["removed"]
    assert machine.json("restore-clean")["databases"] == []
    assert not Path(restored["old_audit"]).exists()


def test_a_running_product_is_not_restored_over(demo, archive: Path) -> None:
    with demo.up():
        refused = demo.run("restore", archive)
    assert refused.returncode == 2
    assert "系统正在运行" in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1


def test_an_archive_of_a_newer_program_is_refused_before_anything_is_touched(
    archive: Path, new_machine
) -> None:
    machine = new_machine()
    patch = (
        "from youju.foundation.backup import facts\n"
        "import youju.foundation.backup.archive as a\n"
        "was = a._compare\n"
        "def more(archive, progress):\n"
        "    was(archive, progress); archive.manifest['migrations'].append('jobs.9999_later')\n"
        "a._compare = more"
    )
    refused = machine.run("restore", archive, patch=patch)
    assert refused.returncode == 2
    assert "本程序不认识的变更 jobs.9999_later" in refused.stderr
    assert not (machine.var / "postgres").exists()


def test_damage_is_met_before_anything_is_touched(archive: Path, new_machine, room: Path) -> None:
    machine = new_machine()
    bad = room / "bad.tar"
    data = bytearray(archive.read_bytes())
    data[len(data) // 2] ^= 1
    bad.write_bytes(data)
    for command in (("restore", bad), ("restore", bad, "--check")):
        refused = machine.run(*command)
        assert refused.returncode == 2
        assert "备份文件已损坏" in refused.stderr
        assert "Traceback" not in refused.stderr
    assert not (machine.var / "postgres").exists()
    assert machine.json("restore", archive, "--check")["tables"] > 20


def test_secrets_go_into_a_file_of_their_own_and_come_back(demo, new_machine, room: Path) -> None:
    saved, keys = room / "with.tar", room / "keys.json"
    said = demo.run("backup", saved, "--with-secrets", keys)
    assert said.returncode == 0
    assert "分开保管" in said.stderr
    assert keys.stat().st_mode & 0o077 == 0
    assert saved.stat().st_mode & 0o077 == 0
    secret = (demo.var / "secrets" / "secret_key").read_text().strip()
    assert json.loads(keys.read_text())["secrets"]["secret_key"] == secret
    assert secret.encode() not in saved.read_bytes()
    machine = new_machine()
    assert machine.json("restore", saved, "--secrets", keys)["secrets"]
    assert (machine.var / "secrets" / "secret_key").read_text().strip() == secret
    refused = machine.run("restore", saved, "--secrets", saved)
    assert refused.returncode == 2
    assert len(refused.stderr.strip().splitlines()) == 1


def test_nothing_is_overwritten_and_no_folder_is_made(demo, archive: Path, room: Path) -> None:
    before = archive.read_bytes()
    for target, complaint in ((archive, "已存在"), (room / "none" / "x.tar", "没有文件夹")):
        refused = demo.run("backup", target)
        assert refused.returncode == 2
        assert complaint in refused.stderr
    assert archive.read_bytes() == before


def test_a_full_disk_is_told_before_the_work(demo, room: Path) -> None:
    patch = (
        "import shutil, collections\n"
        "shutil.disk_usage = lambda _: collections.namedtuple('U', 'total used free')(10, 5, 5)"
    )
    refused = demo.run("backup", room / "full.tar", patch=patch)
    assert refused.returncode == 2
    assert "磁盘空间不够写出备份" in refused.stderr
    assert list(room.glob("*full.tar*")) == list(room.glob(".full.tar*")) == []


def test_a_dump_that_fails_leaves_no_archive(demo, room: Path) -> None:
    patch = "import youju.foundation.backup.programs as p\np.program = lambda *_: '/bin/false'"
    refused = demo.run("backup", room / "failed.tar", patch=patch)
    assert refused.returncode == 2
    assert "数据库没有导出成功" in refused.stderr
    assert list(room.glob("*failed.tar*")) == list(room.glob(".failed.tar*")) == []


def test_the_last_backup_is_known_to_the_operations_page(demo, archive: Path, monkeypatch) -> None:
    from youju.foundation.backup import state

    assert archive.exists()
    monkeypatch.setenv("YOUJU_VAR", str(demo.var))
    last = state.last_backup()
    assert last is not None
    assert last.at.tzinfo is not None
    assert last.tables > 20
    (demo.var / "backup" / "last.json").write_text("{")
    assert state.last_backup() is None


def test_killed_at_any_moment_there_is_a_whole_archive_or_none(demo, room: Path) -> None:
    """Seeded: the backup itself is killed, sometimes the database under it, while the product runs."""
    chance, target = random.Random(20261123), room / "killed.tar"
    data = demo.var / "postgres" / "data"
    with demo.up():
        began = time.monotonic()
        demo.well("backup", target)
        longest = time.monotonic() - began
        for round_ in range(ROUNDS):
            target.unlink(missing_ok=True)
            process = demo.start("backup", target)
            time.sleep(chance.uniform(0, longest))
            # The product gives a server up that ends five times within a minute.
            if round_ % 7 == 3:
                server = leftovers.postmaster_pid(data)
                assert server is not None
                os.kill(server, signal.SIGKILL)
            else:
                process.kill()
            process.wait(120)
            assert "Traceback" not in process.stderr
            assert process.returncode != 0 or target.exists()
            if target.exists():
                open_archive(target)
            end = time.monotonic() + 60
            while leftovers.server_status(data)[1] != "ready":
                assert time.monotonic() < end
                time.sleep(0.02)
        target.unlink(missing_ok=True)
        demo.well("backup", target)
        open_archive(target)
        assert list(room.glob(".killed.tar.*")) == []
    assert demo.look()["intact"]


CUTS = {
    "while the database is restored": ("scratch", "fill", False, "old"),
    "before the decision": ("switching", "decide", True, "old"),
    "after the decision": ("switching", "decide", False, "either"),
    "after the databases changed names": ("switching", "_rename", False, "either"),
    "after the trail was moved": ("switching", "_move_audit", False, "either"),
    "before the note is gone": ("state", "forget", True, "either"),
}


@pytest.mark.parametrize(
    ("cut", "then"),
    [
        *((cut, "restore") for cut in CUTS),
        ("before the decision", "up"),
        ("after the databases changed names", "up"),
    ],
)
def test_a_restore_killed_at_any_step_leaves_one_state_and_can_be_finished(
    fresh, archive: Path, new_machine, cut: str, then: str
) -> None:
    module, name, before, state = CUTS[cut]
    machine = new_machine(fresh)
    die = "os.kill(os.getpid(), 9)"
    patch = (
        f"import youju.foundation.backup.{module} as m\nwas = m.{name}\n"
        f"def cut(*a, **k):\n    {die if before else 'was(*a, **k)'}\n    {die}\n"
        f"m.{name} = cut"
    )
    assert machine.run("restore", archive, patch=patch).returncode == -9
    if then == "up":
        with machine.up():
            pass
        seen = machine.look()
        assert (seen["people"] == 0) is (state == "old")
    else:
        machine.well("restore", archive)
        seen = machine.look()
        assert (seen["people"] > 0, seen["left"]) == (True, 0)
        assert list(machine.var.glob("audit.restore-*")) == []
    assert seen["intact"]
    assert not (machine.var / "backup" / "switch.json").exists()
