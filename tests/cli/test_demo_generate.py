"""``youju demo generate``: the year as files, the same each time, whole, without a database."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import pytest

from trade_made_demo import TODAY
from warm import WARM
from youju.foundation.kernel.errors import InputError
from youju.trade.declarations.demo.files import Form, generate
from youju.trade.declarations.demo.tables import TABLES
from youju.trade.orders.demo.planning import YearPlan

TINY = YearPlan(TODAY, 0.002)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny year as CSV."""
    made = tmp_path_factory.mktemp("year") / "csv"
    counts = generate(TINY, made)
    assert set(counts) == {"rates", *TABLES}
    return made


def _rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_tables_name_one_another(folder: Path) -> None:
    orders = {row["order"] for row in _rows(folder, "orders")}
    lines = {(row["order"], row["line_no"]) for row in _rows(folder, "order_lines")}
    declarations = {(row["declaration"], row["version"]) for row in _rows(folder, "declarations")}
    declared = {(row["declaration"], row["version"], row["g_no"]) for row in _rows(folder, "declared_lines")}
    assert {order for order, _ in lines} == orders
    for row in _rows(folder, "source_lines"):
        assert (row["order"], row["line_no"]) in lines
        assert (row["declaration"], row["version"], row["g_no"]) in declared
    assert {key[:2] for key in declared} == declarations
    planted = {row["record"] for row in _rows(folder, "planted")}
    packings = {row["packing"] for row in _rows(folder, "packings")}
    assert planted <= orders | {number for number, _ in declarations} | packings


def test_the_command_writes_the_same_as_lines_of_json(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "made"
    done = WARM.run(
        [
            "demo",
            "generate",
            "--scale",
            "0.002",
            "--today",
            TODAY.isoformat(),
            "--format",
            "ndjson",
            "--out",
            str(out),
            "--json",
        ],
        dict(os.environ),
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["rows"]["orders"] == len(_rows(folder, "orders"))
    first = json.loads((out / "orders.ndjson").read_text(encoding="utf-8").splitlines()[0])
    same = _rows(folder, "orders")[0]
    assert {key: "" if value is None else str(value) for key, value in first.items()} == same


def test_a_folder_with_files_is_left_alone(folder: Path) -> None:
    before = sorted(folder.iterdir())
    with pytest.raises(InputError, match="文件夹里已有文件"):
        generate(TINY, folder, Form.NDJSON)
    assert sorted(folder.iterdir()) == before


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="写不进去"):
        generate(TINY, tmp_path / "file")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--scale", "0"], "规模“0”不对"),
        (["--scale", "1e9"], "规模“1e+09”不对"),
        (["--scale", "nan"], "规模“nan”不对"),
        (["--format", "xlsx"], "不会写“xlsx”"),
        (["--today", "tomorrow"], "“tomorrow”不是日期"),
        (["--today", "2023-05-01"], "太早"),
    ],
)
def test_bad_arguments_end_in_one_sentence(arguments: list[str], said: str, tmp_path: Path) -> None:
    done = WARM.run(["demo", "generate", "--out", str(tmp_path / "made"), *arguments], dict(os.environ))
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
