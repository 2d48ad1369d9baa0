"""``youju payments bank-file | bank-return`` as a user runs them: one value, one sentence, exit status."""

from __future__ import annotations

import json
import os
import subprocess
from datetime import date
from pathlib import Path

import pytest

from prepared import prepare
from trade_made_demo import SMALL_YEAR
from warm import WARM


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    var = tmp_path_factory.mktemp("verbs") / "var"
    prepare(var, demo=True)
    kept = {key: value for key, value in os.environ.items() if not key.startswith("YOUJU_")}
    return kept | {"YOUJU_VAR": str(var), "YOUJU_DEMO_SCALE": SMALL_YEAR}


def run(environment: dict[str, str], *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return WARM.run(["payments", *map(str, arguments)], environment)


def refused(environment: dict[str, str], *arguments: str | Path) -> str:
    done = run(environment, *arguments)
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    # The database of a stopped product says that it starts.
    line = done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
    assert line.startswith("youju：") and line.endswith("。")
    return line


def test_what_is_wrong_is_said_in_one_sentence(environment: dict[str, str], tmp_path: Path) -> None:
    said = refused(environment, "bank-file", "--by", "demo-fin")
    assert "要么写付款编号，要么用 --all" in said
    assert "不是文件夹" in refused(
        environment, "bank-file", "--all", "--by", "demo-fin", "--out", tmp_path / "x"
    )
    assert "没有 pdf 格式" in refused(
        environment, "bank-file", "--all", "--by", "demo-fin", "--format", "pdf"
    )
    assert "没有用户“nobody”" in refused(environment, "bank-file", "--all", "--by", "nobody")
    assert "没有付款“FK1”" in refused(environment, "bank-file", "FK1", "--by", "demo-fin", "--out", tmp_path)
    refused(environment, "bank-file", "--all", "--by", "demo-mer", "--out", tmp_path)
    assert "打不开" in refused(environment, "bank-return", tmp_path / "none.csv", "--by", "demo-fin")
    bad = tmp_path / "坏.csv"
    bad.write_text("甲,乙\n1,2\n", encoding="utf-8")
    assert "找不到付款凭证号、金额和结果三列" in refused(environment, "bank-return", bad, "--by", "demo-fin")
    assert [each.name for each in tmp_path.iterdir()] == ["坏.csv"]


def test_a_file_goes_out_and_its_answers_come_in_once(environment: dict[str, str], tmp_path: Path) -> None:
    made = run(environment, "bank-file", "--all", "--by", "demo-fin", "--out", tmp_path, "--json")
    assert made.returncode == 0, made.stderr
    told = json.loads(made.stdout)
    file = Path(told["file"])
    assert file.exists()
    assert told["count"] == 1
    assert "没有待送银行的付款" in refused(
        environment, "bank-file", "--all", "--by", "demo-fin", "--out", tmp_path
    )
    line = next(row for row in file.read_text("utf-8-sig").splitlines() if "FK" in row)
    reference = next(cell for cell in line.replace('"', "").split(",") if cell.startswith("FK"))
    answer = tmp_path / "回单.csv"
    heads = "付款凭证号,金额,结果,日期,退回原因"
    rows = [
        f"{reference},{told['total']},成功,{date.today()},",
        f"FK000000000000-01,1.00,成功,{date.today()},",
    ]
    answer.write_text("\n".join([heads, *rows]), encoding="utf-8")
    read = run(environment, "bank-return", answer, "--by", "demo-fin")
    assert (read.returncode, read.stdout) == (1, "读入 2 行：入账 1，重复 0，有疑问 1。\n"), read.stderr
    again = run(environment, "bank-return", answer, "--by", "demo-fin", "--json")
    assert again.returncode == 0
    assert json.loads(again.stdout) | {"number": 0} == {
        "rows": 2, "applied": 1, "known": 0, "odd": 1, "again": True, "number": 0,
    }  # fmt: skip
