"""``youju exemptions late|quarter``, as a scheduler calls them."""

from __future__ import annotations

import json
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner

from exemptions_made import at, exported, filed, prepared
from kept import kept
from trade_deals import Deal, make_deal
from youju.foundation.database import ready
from youju.foundation.kernel.errors import InputError
from youju.trade.exemptions.commands import app
from youju.trade.exemptions.models import Filing
from youju.trade.parties.models import Party

pytestmark = pytest.mark.django_db


@kept
def deal() -> Deal:
    made = make_deal()
    exported(made)
    exported(made, "2025-10-08", 700)
    prepared(made)
    return made


@pytest.fixture(autouse=True)
def _started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ready, "django_ready", lambda **_: nullcontext())


def call(*words: str) -> tuple[int, Any, str]:
    done = CliRunner().invoke(app, [*words, "--json"])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, json.loads(done.stdout), done.stderr


def test_what_is_late_is_listed_and_makes_the_status_one(deal: Deal) -> None:
    (row,) = Filing.objects.filter(month="2023-06-01")
    with at("2023-07-17"):
        assert call("late") == (0, {"late": [], "count": 0}, "")
    with at("2023-07-18"):
        status, told, _ = call("late")
        assert (status, told["count"]) == (1, 1)
        (late,) = told["late"]
        assert (late["number"], late["month"], late["due_on"], late["consignor"]) == (
            str(row), "2023-06", "2023-07-17", row.consignor_name,
        )  # fmt: skip
        assert late["amount"] == str(row.amount_cny)
        shown = CliRunner().invoke(app, ["late"])
        assert shown.exit_code == 1 and row.number in shown.stdout and "逾期 1 份" in shown.stdout


def test_what_is_filed_is_not_late(deal: Deal) -> None:
    filed(deal, Filing.objects.get(month="2023-06-01"))
    with at("2023-07-18"):
        assert call("late")[:2] == (0, {"late": [], "count": 0})


def test_a_quarter_is_written_as_a_workbook(deal: Deal, tmp_path: Path) -> None:
    out = tmp_path / "季报.xlsx"
    words = ("quarter", "--agent", "A1", "--quarter", "2025Q4", "--out", str(out))
    with at("2026-01-16"):
        status, told, said = call(*words)
        assert (status, told["without_tax_id"], told["consignors"], told["declarations"]) == (1, 1, 1, 1)
        assert "EXM-012" in said
        Party.objects.filter(number="M1").update(tax_id="92130600MA0000001X")
        status, told, said = call(*words)
        assert (status, told["without_tax_id"], said) == (0, 0, "")
    book = openpyxl.load_workbook(out)
    assert dict(book["控制合计"].values)["数据校验值（SHA-256）"] == told["sha256"]


@pytest.mark.parametrize(
    ("agent", "quarter", "folder", "match"),
    [
        ("A1", "2023Q2", "", "不适用"),
        ("没有", "2025Q4", "", "没有"),
        ("A1", "第四季度", "", "季度"),
        ("A1", "2025Q4", "没有这个文件夹", "没有这个文件夹"),
    ],
)
def test_what_cannot_be_written_is_said(
    deal: Deal, tmp_path: Path, agent: str, quarter: str, folder: str, match: str
) -> None:
    out = tmp_path / folder / "a.xlsx"
    with at("2026-01-16"), pytest.raises(InputError, match=match):
        call("quarter", "--agent", agent, "--quarter", quarter, "--out", str(out))
    assert not out.exists()
