"""``youju doctor``: each line says what is well or how to mend it; the status tells a script."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from prepared import prepare
from warm import WARM
from youju.config import doctor
from youju.foundation.kernel.checks import State


@pytest.fixture
def var() -> Iterator[Path]:
    """A folder outside pytest's own, which every starting pytest closes to the server's account."""
    with tempfile.TemporaryDirectory(prefix="youju-doctor-", ignore_cleanup_errors=True) as folder:
        yield Path(folder) / "var"


def _doctor(var: Path, *arguments: str) -> CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("YOUJU_")}
    return WARM.run(arguments, kept | {"YOUJU_VAR": str(var)})


def test_a_fresh_clone_is_told_to_make_its_database(var: Path) -> None:
    done = _doctor(var, "doctor", "--json")
    found = {line["name"]: line for line in json.loads(done.stdout)}
    assert done.returncode == 1
    assert found["数据库"]["state"] == "需处理"
    assert "make run" in found["数据库"]["mend"]
    assert not var.exists(), "looking must not make anything"


def test_pending_migrations_are_told_and_gone_after_they_have_run(var: Path) -> None:
    prepare(var)
    assert _doctor(var, "django", "migrate", "audit", "0001", "-v", "0").returncode == 0
    before = _doctor(var, "doctor", "--json")
    tables = {line["name"]: line for line in json.loads(before.stdout)}["数据表"]
    assert (before.returncode, tables["state"]) == (1, "需处理")
    assert _doctor(var, "django", "migrate", "-v", "0").returncode == 0
    after = _doctor(var, "doctor")
    states = [line.split("  ")[0] for line in after.stdout.splitlines()]
    assert (after.returncode, set(states) - {"可选"}) == (0, {"正常"}), after.stdout
    assert len(states) == 11


def test_secrets_that_others_can_read_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_VAR", str(tmp_path))
    (tmp_path / "secrets").mkdir(mode=0o700)
    (tmp_path / "secrets" / "secret_key").write_text("x")
    (tmp_path / "secrets" / "secret_key").chmod(0o644)
    assert doctor._secrets().state is State.MEND
    (tmp_path / "secrets" / "secret_key").chmod(0o600)
    assert doctor._secrets().state is State.GOOD


def test_a_full_disk_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "LEAST_DISK", 10**18)
    check = doctor._disk()
    assert check.state is State.MEND
    assert "YOUJU_VAR" in check.mend


def test_a_missing_browser_is_optional(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert doctor._browser().state is State.OPTIONAL


def test_a_package_of_another_version_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "requirements.lock").write_text(
        "django==1.0 \\\n    --hash=sha256:00\nabsent==1 ; sys_platform == 'never'\n"
    )
    monkeypatch.setattr(doctor.places, "ROOT", tmp_path)
    check = doctor._packages()
    assert check.state is State.MEND
    assert "django（" in check.found
    assert "absent" not in check.found
