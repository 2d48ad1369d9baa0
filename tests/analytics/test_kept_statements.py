"""Compiled statements on disk: the same text as compiled, one name for one expression, no harm from a bad disk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import ibis
import pytest

from youju.analytics.engines import compiling, keep_in, kept, to_sql
from youju.analytics.periods import Period

TABLE = ibis.table({"amount": "decimal(18, 2)", "name": "string"}, name="lines")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    before = next(iter(kept._KEPT_IN), None)
    keep_in(tmp_path / "statements")
    yield tmp_path / "statements"
    keep_in(before)


def expression(word: str = "a") -> ibis.Table:
    return TABLE.filter(TABLE.name == word).aggregate(total=TABLE.amount.sum())


def anew(word: str = "a", dialect: str = "duckdb") -> str:
    """As a new process would."""
    compiling._text.cache_clear()
    return to_sql(expression(word), dialect, {"lines": "SELECT 1"})


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.sql"))


@pytest.mark.parametrize("dialect", compiling.DIALECTS)
def test_the_kept_text_is_the_compiled_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch, dialect: str
) -> None:
    first = anew(dialect=dialect)
    assert len(files(folder)) == 1
    monkeypatch.setattr(compiling, "_compiler", lambda _: pytest.fail("compiled again"))
    assert anew(dialect=dialect) == first


def test_what_differs_has_another_name(folder: Path) -> None:
    texts = {anew("a"), anew("b"), anew("a", "postgres")}
    assert len(texts) == 2 and len(files(folder)) == 3  # two dialects may say the same
    keep_in(None)
    assert {anew("a"), anew("b"), anew("a", "postgres")} == texts


def test_other_compilers_use_no_text_of_these(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    anew()
    monkeypatch.setattr(kept, "_compilers", lambda: b"ibis 99")
    anew()
    assert len(files(folder)) == 2


@pytest.mark.parametrize("damage", ["", "x", "0" * 64 + "\nSELECT 'another'"])
def test_a_text_that_was_cut_short_is_compiled_again(folder: Path, damage: str) -> None:
    right = anew()
    (file,) = files(folder)
    file.write_text(damage)
    assert anew() == right
    assert file.read_text().endswith(kept._read(file) or "-")


def test_a_folder_that_cannot_be_made_is_passed_over(tmp_path: Path, folder: Path) -> None:
    right = anew()
    (tmp_path / "file").write_text("")
    keep_in(tmp_path / "file" / "below")
    assert anew() == right
    keep_in(None)
    assert anew() == right


def test_an_expression_that_cannot_be_named_is_compiled(folder: Path) -> None:
    assert kept.kept(lambda: None, "duckdb", lambda: "SELECT 2") == "SELECT 2"
    assert not folder.exists()


def test_those_unused_for_the_longest_time_go(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir()
    monkeypatch.setattr(kept, "MOST", 4)
    for age in range(6):
        file = folder / f"{age}.sql"
        file.write_text("")
        os.utime(file, (1000 - age, 1000 - age))
    (folder / ".left").write_text("")
    anew()
    assert {each.name for each in folder.iterdir() if len(each.stem) == 1} == {"0.sql", "1.sql"}
    assert not (folder / ".left").exists()


def test_every_metric_is_named_the_same_when_it_is_built_again() -> None:
    from youju.analytics.metrics import metrics
    from youju.analytics.scopes import Scope

    assert metrics()
    for metric in metrics().values():
        one, two = (
            metric.parts(Scope(Period.year(2023), "baigou", dict.fromkeys(metric.parameters, "x"))).op()
            for _ in range(2)
        )
        assert kept._name(one, "duckdb") == kept._name(two, "duckdb") is not None, metric.code
