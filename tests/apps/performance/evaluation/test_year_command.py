"""The year in one folder: evaluation's files, the form of January to July, the public site."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from kept import kept
from selves_made import World, submitted, world
from trade_people import as_
from youju.config.year import write_year
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.performance.disclosure import services as disclosure
from youju.performance.monitoring import services as monitoring
from youju.performance.monitoring.models import Round
from youju.performance.monitoring.services import making
from youju.performance.monitoring.services.papers import write_form

pytestmark = pytest.mark.django_db


@kept
def year() -> World:
    found = world()
    submitted(found)
    return found


@pytest.fixture(autouse=True)
def july_is_over(year: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "timezone", SimpleNamespace(localdate=lambda: date(year.year + 1, 1, 10)))


def published(found: World) -> None:
    with as_(found.team.officer), reaching_all():
        row = disclosure.prepare_release(actor=found.team.officer, kind="targets", year=found.year)
        disclosure.step_release(actor=found.team.officer, release_id=row.pk, step="submit")
    with as_(found.team.head), reaching_all():
        disclosure.step_release(actor=found.team.head, release_id=row.pk, step="publish")


def test_a_year_is_written_with_its_form_and_its_public_site(year: World, tmp_path: Path) -> None:
    published(year)
    with as_(year.team.officer), reaching_all():
        row = monitoring.make_round(actor=year.team.officer, year=year.year, month=7)
        for _ in range(2):  # the second time over its own files
            told = write_year(actor=year.team.officer, year=year.year, folder=tmp_path)
    steps = {each["step"]: each for each in told["steps"]}
    assert list(steps) == ["目标", "完成值", "1—7 月监控", "得分", "文书和证据包", "监控表", "公开"]
    for each in told["steps"]:
        assert each["files"] and all((tmp_path / name).exists() for name in each["files"]), each
    assert row.number in steps["监控表"]["told"]
    assert (tmp_path / "monitoring-07.docx").read_bytes()[:2] == b"PK"
    assert (
        f"{year.year}/targets/index.html"
        in json.loads((tmp_path / "open/manifest.json").read_text())["files"]
    )


def test_what_was_not_done_is_told_and_left_out(year: World, tmp_path: Path) -> None:
    with as_(year.team.officer), reaching_all():
        told = write_year(actor=year.team.officer, year=year.year, folder=tmp_path)
    form, site = told["steps"][-2:]
    assert "没有 1—7 月监控" in form["told"] and form["files"] == []
    assert "还没有公开过" in site["told"] and not (tmp_path / "open").exists()


def test_a_form_of_another_format_is_refused(year: World) -> None:
    with as_(year.team.officer), reaching_all():
        row = monitoring.make_round(actor=year.team.officer, year=year.year, month=7)
        with pytest.raises(InputError, match="没有 pdf 格式"):
            write_form(actor=year.team.officer, number=row.number, format="pdf")
    assert Round.objects.count() == 1
