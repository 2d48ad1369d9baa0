"""The demo year: the twelve tables published for 2023, told as data under ``demo/targets-2023``."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from youju.foundation.kernel import places
from youju.rules.performance.targets.facts import (
    PLAN_MONTHS,
    Department,
    DocumentHead,
    Indicator,
    Project,
    Safeguard,
    Subgoal,
    TargetDocument,
)
from youju.rules.performance.targets.values import parse_value

FOLDER = places.DEMO / "targets-2023"
FILES = ("document.yaml", "projects.csv", "indicators.csv", "serves.csv")


@cache
def document() -> TargetDocument:
    """The demo document as facts; needs no Django."""
    head = yaml.load((FOLDER / "document.yaml").read_bytes(), Loader=yaml.CSafeLoader)
    rows: dict[str, list[Indicator]] = {}
    for cells in _table("indicators.csv"):
        rows.setdefault(cells["code"], []).append(_indicator(cells))
    return TargetDocument(
        document=DocumentHead(
            unit_code=head["unit_code"],
            unit_name=head["unit_name"],
            money_unit=head["money_unit"],
            schema=head["schema"],
            fiscal_year=head["fiscal_year"],
        ),
        department=Department(
            goal=head["goal"],
            subgoals=tuple(Subgoal(**each) for each in head["subgoals"]),
            safeguards=tuple(Safeguard(**each) for each in head["safeguards"]),
        ),
        projects=tuple(_project(cells, rows[cells["code"]]) for cells in _table("projects.csv")),
    )


def serves() -> dict[str, tuple[int, ...]]:
    """Project code → the 1-based numbers of the sub-goals that it serves."""
    links: dict[str, tuple[int, ...]] = {}
    for cells in _table("serves.csv"):
        links[cells["code"]] = (*links.get(cells["code"], ()), int(cells["subgoal"]))
    return links


def load(progress: Callable[[str], None] | None = None) -> None:
    """Store the demo year once; a second call finds it and changes nothing.

    Args:
        progress: called with a Chinese sentence for each step.
    """
    from youju.foundation.identity import demo as people
    from youju.performance.targets.models import TargetSet
    from youju.performance.targets.services import storing

    say = progress or (lambda _: None)
    facts = document()
    year = facts.document.fiscal_year
    assert year is not None  # noqa: S101 – the demo's own data, checked by its test
    if TargetSet.objects.filter(is_demo=True, fiscal_year=year).exists():
        say(f"{year} 年绩效目标已在库中")
        return
    say(f"载入 {year} 年绩效目标：{len(facts.projects)} 个项目")
    storing.store(
        facts,
        fiscal_year=year,
        source_name="示例数据（2023 年公开文本）",
        source_sha256=_digest(),
        # It stays a draft: the text as published has errors by the rules, and no demo person may sign those away.
        imported_by=people.find("PFO"),
        is_demo=True,
        serves=serves(),
    )


def _digest() -> str:
    digest = hashlib.sha256()
    for name in FILES:
        digest.update((FOLDER / name).read_bytes())
    return digest.hexdigest()


def _table(name: str) -> list[dict[str, str]]:
    with Path(FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _project(cells: dict[str, str], indicators: list[Indicator]) -> Project:
    amounts: dict[str, Any] = {name: cells[name] or None for name in ("budget", "fiscal", "other")}
    return Project(
        code=cells["code"],
        name=cells["name"],
        purpose=cells["purpose"],
        plan={month: cells[f"plan_{month}"] or None for month in PLAN_MONTHS},
        goals=tuple(cells["goals"].split("\n")),
        indicators=tuple(indicators),
        **amounts,
    )


def _indicator(cells: dict[str, str]) -> Indicator:
    return Indicator(
        level1=cells["level1"],
        level2=cells["level2"],
        level3=cells["level3"],
        description=cells["description"],
        raw_value=cells["raw_value"],
        value=parse_value(cells["raw_value"]),
        basis=cells["basis"],
    )
