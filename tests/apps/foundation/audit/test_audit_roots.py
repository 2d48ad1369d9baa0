"""The mark of the newest root: whoever keeps a page that tells of it asks for this and reads no root."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from youju.foundation.audit import roots


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("YOUJU_AUDIT_ROOTS", str(tmp_path))
    return tmp_path


def test_without_a_root_there_is_none(folder: Path) -> None:
    assert roots.stamp() == ("", 0)


def test_a_newer_root_and_a_root_put_in_place_of_another_are_seen(folder: Path) -> None:
    (folder / "2026-11-23.json").write_text("{}")
    one = roots.stamp()
    (folder / "2026-11-24.json").write_text("{}")
    two = roots.stamp()
    os.utime(folder / "2026-11-24.json", ns=(1, 1))
    assert one[0] < two[0] == roots.stamp()[0]
    assert roots.stamp()[1] == 1 != two[1]
