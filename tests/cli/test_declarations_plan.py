"""``youju declarations plan`` as a user runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cli.test_targets_verbs import refused, youju
from goods_files import HEADER, as_bytes, data, row, workbook


@pytest.fixture
def goods(tmp_path: Path) -> Path:
    path = tmp_path / "清单.json"
    lines = [
        {"order": f"T{number}", "amount": "60000.00", "hs_code": f"42{number:08d}"} for number in range(1, 6)
    ]
    path.write_bytes(as_bytes(data(*lines, {"order": "T9", "amount": "160000.00"}, header=HEADER)))
    return path


def planned(path: Path, *options: str) -> tuple[int, dict[str, Any], str]:
    done = youju("declarations", "plan", path, "--json", *options)
    return done.returncode, json.loads(done.stdout), done.stderr


def test_json_has_the_agreed_shape_and_a_refused_order_ends_with_1(goods: Path) -> None:
    status, found, said = planned(goods)
    assert (status, said) == (1, "")
    assert list(found) == ["declarations", "refused", "proof"]
    assert [list(each) for each in found["declarations"]] == [["number", "total", "lines"]] * 3
    assert list(found["declarations"][0]["lines"][0]) == [
        "g_no", "hs_code", "name", "quantity", "unit", "amount", "net_weight", "merged", "sources",
    ]  # fmt: skip
    assert [(each["order"], each["rule"]) for each in found["refused"]] == [("T9", "DEC-001")]
    assert list(found["refused"][0]) == ["order", "rule", "message"]
    proof = found["proof"]
    assert (proof["declarations"], proof["lower_bound"], proof["optimal"]) == (3, 3, True)
    assert isinstance(proof["seconds"], float)
    sources = Counter(
        number for each in found["declarations"] for line in each["lines"] for number in line["sources"]
    )
    assert sources == Counter(range(1, 6))
    for each in found["declarations"]:
        assert sum(Decimal(line["amount"]) for line in each["lines"]) == Decimal(each["total"]) <= 150_000


def test_a_sound_list_ends_with_0_and_json_is_the_only_output(tmp_path: Path) -> None:
    path = tmp_path / "清单.xlsx"
    path.write_bytes(
        workbook([row(), row(序号=2, 交易单号="T2")], header={"日期": "2023-06-01", "币制": "USD"})
    )
    status, found, said = planned(path)
    assert (status, said) == (0, "")
    (line,) = found["declarations"][0]["lines"]
    assert (line["quantity"], line["amount"], line["sources"], line["merged"]) == (
        "200",
        "2400.00",
        [1, 2],
        False,
    )


def test_the_day_decides_the_law(tmp_path: Path) -> None:
    path, counts = tmp_path / "清单.json", []
    for day in ("2019-12-31", "2020-01-01"):
        lines = [{"name": f"品{number}", "amount": f"{number}.00"} for number in range(1, 10)]
        path.write_bytes(as_bytes(data(*lines, date=day)))
        counts.append(len(planned(path)[1]["declarations"][0]["lines"]))
    assert counts == [9, 6]


def test_people_get_a_table_the_refusals_and_the_verdict(goods: Path) -> None:
    done = youju("declarations", "plan", goods)
    assert done.returncode == 1
    for text in ("USD 120,000.00", "USD 300,000.00", "不受理 DEC-001", "3 票，已证明不能更少", "不要拆单"):
        assert text in done.stdout


def test_notes_and_warnings_go_to_standard_error(tmp_path: Path) -> None:
    path = tmp_path / "清单.xlsx"
    path.write_bytes(workbook([row(), row(序号=2, 商户号="M2")]))
    status, found, said = planned(path)
    assert status == 0 and len(found["declarations"]) == 1
    assert "没有写申报日期" in said and "DEC-003" in said


def test_out_writes_messages_and_lists(goods: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    status, found, said = planned(goods, "--out", str(out))
    assert status == 1 and len(found["declarations"]) == 3
    assert sorted(path.name for path in out.iterdir()) == [
        "dec-001.xml", "dec-002.xml", "dec-003.xml", "交易单.xlsx", "简化归类清单.xlsx", "缺项.txt", "联网清单.xlsx",
    ]  # fmt: skip
    assert "3 份是草稿" in said, "nothing gives the statutory quantities"
    assert "输出文件夹里已有文件" in refused("declarations", "plan", goods, "--out", out)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "文件是空的；"),
        (as_bytes(data({"amount": "NaN"})), "“NaN”不是数；"),
        (b'{"date": "2023-06-01", "currency": "\\ud800\\n", "lines": [1]}', "不是币制代码；"),
        (as_bytes(data(date="2014-06-30")), "2014-06-30 还没有市场采购贸易的规定；"),
    ],
    ids=["empty", "NaN", "half a sign", "too early"],
)  # fmt: skip
def test_bad_input_is_one_line_and_status_2(content: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "清单.json"
    path.write_bytes(content)
    assert said in refused("declarations", "plan", path, "--json")


def test_wrong_usage_is_one_line_and_status_2(tmp_path: Path) -> None:
    assert "没有这个文件；" in refused("declarations", "plan", tmp_path / "无.json")
    assert "缺少 文件；" in refused("declarations", "plan")
    assert "没有命令“fly”；" in refused("declarations", "fly")


def test_the_verb_imports_neither_django_nor_what_it_does_not_need(tmp_path: Path) -> None:
    path = tmp_path / "清单.json"
    path.write_bytes(as_bytes(data()))
    script = (
        "import sys; sys.argv[1:] = ['declarations', 'plan', sys.argv[1], '--json']\n"
        "from youju.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = ('django', 'ortools', 'pandas', 'numpy', 'numba', 'xlsxwriter', 'rich.table')\n"
        "print([name for name in heavy if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stderr.strip() == "[]"
