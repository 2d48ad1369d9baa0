"""What the command line and the catalogue of metrics owe the verifier."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from kept import kept
from selves_made import CODE, World, submitted, world
from trade_people import as_
from youju.analytics.combining_named import combination_named
from youju.analytics.metrics import metrics
from youju.foundation.kernel.errors import InputError
from youju.performance.evaluation.packs.verifying import verify
from youju.performance.evaluation.services.whole_year import write_whole_year
from youju.performance.evaluation.summing_up import year_as_data

pytestmark = pytest.mark.django_db


@kept
def year() -> World:
    found = world()
    submitted(found)
    return found


def test_every_combination_of_the_catalogue_is_known_by_its_name_alone() -> None:
    for metric in metrics().values():
        example = {name: Decimal(value) for name, value in metric.example.items()}
        named = combination_named(metric.combination.name)
        assert named is not None, (
            f"{metric.code}: teach analytics/combining_named.py {metric.combination.name}"
        )
        assert named.combine(example).value == metric.combination.combine(example).value, metric.code
        assert named.combine({}).value == metric.combination.combine({}).value, metric.code


@pytest.mark.parametrize("name", ["", "total", "total()", "growth(a)", "unknown(a)", "top_share(x)"])
def test_other_names_are_nobodys(name: str) -> None:
    assert combination_named(name) is None


def test_a_year_is_written_from_targets_to_pack_and_is_sound(year: World, tmp_path: Path) -> None:
    with as_(year.team.officer):
        told = write_whole_year(actor=year.team.officer, year=year.year, folder=tmp_path)
    assert [each["step"] for each in told["steps"]] == [
        "目标",
        "完成值",
        "1—7 月监控",
        "得分",
        "文书和证据包",
    ]
    for each in told["steps"]:
        assert all((tmp_path / name).exists() for name in each["files"]), each
    values = json.loads((tmp_path / "values.json").read_text())
    scores = json.loads((tmp_path / "scores.json").read_text())
    assert [row["shown"] for row in values][:3] == ["95%", "100%", "0.95 万元"]
    assert scores["papers"][0]["project_code"] == CODE
    assert verify(tmp_path / f"evaluation-{year.year}.zip").sound


def test_a_year_without_targets_or_without_self_evaluations_is_refused(year: World, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有 2001 年"):
        write_whole_year(actor=year.team.officer, year=2001, folder=tmp_path)
    file = tmp_path / "文件"
    file.write_text("x")
    with pytest.raises(InputError, match="写不进去"):
        write_whole_year(actor=year.team.officer, year=year.year, folder=file)


def test_a_year_as_data_tells_state_and_points(year: World) -> None:
    told = year_as_data(year.year)
    assert (told["projects"][0]["state"], told["projects"][0]["total"]) == ("submitted", str(year.head.total))
    assert told["department"] is None and year_as_data(2001)["projects"] == []
