"""``kill -9`` at any step of a refresh: the older state stays whole, and after the next refresh the check is clean.

The nightly profile is ``YOUJU_KILL_ROUNDS=500``.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from lake_made import LIMITS, NOW, Changing, checked, killed_at, refreshed
from youju.analytics.lake.manifest import read

ROUNDS = int(os.environ.get("YOUJU_KILL_ROUNDS", "8"))
DAYS = (date(2023, 5, 9), date(2023, 6, 1), date(2023, 7, 31))


def work(source: Changing, root: Path) -> Callable[[Callable[[str], None]], object]:
    return lambda tell: refreshed(source, root, tell=tell)


def test_a_kill_at_any_step_loses_nothing(tmp_path: Path) -> None:
    """Seeded changes, one refresh a round, killed at a seeded step; the steps are those that the writer tells."""
    draw, source, killed = random.Random(20231124), Changing(), 0
    for number in range(ROUNDS):
        for key in draw.sample(range(1, 9), 3):
            values = [f"{draw.randint(1, 99999) / 100:.2f}" for _ in range(draw.randint(0, 2))]
            source.put(key, draw.choice(DAYS), *values)
        before = read(tmp_path / "p")
        killed += killed_at(draw.randint(1, 30), work(source, tmp_path))
        after = read(tmp_path / "p")
        if after is not None:
            assert after == before or after.mark == source.mark, (
                "the older manifest or the newer, nothing between"
            )
            assert all((tmp_path / "p" / piece.file).is_file() for _, _, piece in after.pieces())
        refreshed(source, tmp_path, now=NOW + timedelta(minutes=number))
        result = checked(source, tmp_path)
        assert (result.differences, result.pending) == ((), 0)
    assert killed > ROUNDS // 3
    # When the last grace has passed, only the files of the manifest are left.
    later = NOW + timedelta(minutes=ROUNDS) + LIMITS.grace * 2
    refreshed(source, tmp_path, now=later)
    manifest = refreshed(source, tmp_path, now=later).manifest
    there = {path.relative_to(tmp_path / "p").as_posix() for path in (tmp_path / "p").rglob("*.parquet")}
    assert there == {piece.file for _, _, piece in manifest.pieces()}


@pytest.mark.parametrize("owner", ["fsync", "replace"])
@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_kill_between_sync_and_rename_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner: str, number: int
) -> None:
    """Below the steps: at the ``number``-th fsync or rename."""
    source = Changing()
    source.put(1, DAYS[0], "1.00")
    refreshed(source, tmp_path)
    source.put(2, DAYS[0], "2.00")
    source.put(1, DAYS[1], "3.00")
    real = os.fsync if owner == "fsync" else Path.replace

    def going(die: Callable[[str], None]) -> object:
        def dying(*arguments: object) -> object:
            die("")
            return real(*arguments)  # type: ignore[arg-type]

        monkeypatch.setattr(os if owner == "fsync" else Path, owner, dying)
        return refreshed(source, tmp_path)

    assert killed_at(number, going)
    assert checked(source, tmp_path).differences == ()
    refreshed(source, tmp_path)
    assert checked(source, tmp_path).differences == ()
