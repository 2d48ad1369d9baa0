"""Figures computed again from the rows of a pack, and points by the pure rules: what differs, in Chinese."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from youju.analytics.combining import rounded
from youju.analytics.combining_named import combination_named
from youju.foundation.policies import law_on
from youju.performance.evaluation.packs.layout import COLUMNS
from youju.rules.performance.evaluation.departments import (
    Department,
    ProjectScore,
    SubgoalLink,
    scored_department,
)
from youju.rules.performance.evaluation.facts import Budget, Evaluation, EvaluationError, Reduction, Row
from youju.rules.performance.evaluation.keys import KeyItem, scored_key
from youju.rules.performance.evaluation.quantities import is_number
from youju.rules.performance.evaluation.rechecking import rechecked
from youju.rules.performance.evaluation.schemas import LawOf, schema_of
from youju.rules.performance.evaluation.scoring import score
from youju.rules.performance.measures.degrees import read
from youju.rules.performance.targets.facts import Indicator
from youju.rules.performance.targets.values import parse_value

_TIMES_5 = Decimal(100_000)


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not what the pack says: where, what, what it says, what comes out."""

    where: str
    what: str
    stated: str
    found: str

    def as_json(self) -> dict[str, str]:
        """Plain data."""
        return {"where": self.where, "what": self.what, "stated": self.stated, "found": self.found}


def questions(figures: Mapping[str, Any], contents: Mapping[str, bytes]) -> Iterator[Difference]:
    """Every frozen measure from its rows: count, hash, value."""
    for each in figures["questions"]:
        where = f"{each['metric']} {each['period']} {each['parameters'] or ''}".strip()
        content = contents.get(each["file"])
        if content is None:
            yield Difference(where, "行的文件", each["file"], "包里没有")
            continue
        found = _rows(content)
        if found is None:
            yield Difference(where, "行的文件", each["file"], "读不出来")
            continue
        count, digest, parts = found
        told = {name: _told(value) for name, value in each["frozen"].items()}
        if str(count) != told["row_count"]:
            yield Difference(where, "行数", told["row_count"], str(count))
        if digest != told["row_hash"]:
            yield Difference(where, "行校验值", told["row_hash"], digest)
        combination = combination_named(each["combination"])
        if combination is None:
            yield Difference(where, "合成办法", each["combination"], "这个程序不认识，不能复算")
            continue
        value = combination.combine(parts).value
        text = "" if value is None else _plain(rounded(value))
        if text != told["value"]:
            yield Difference(where, "值", told["value"] or "无", text or "无")


def _rows(content: bytes) -> tuple[int, str, dict[str, Decimal]] | None:
    """Count, hash as analytics takes it of rows in the order of key, kind and part, and the sums by part."""
    reader = csv.reader(io.StringIO(content.decode("utf-8", "replace"), newline=""))
    if next(reader, [])[: len(COLUMNS)] != list(COLUMNS):
        return None
    keys, values, names, count = hashlib.sha256(), hashlib.sha256(), hashlib.sha256(), 0
    parts: dict[str, Decimal] = {}
    try:
        told = [(int(row[2]), row[1], row[0], Decimal(row[4])) for row in reader]
        for key, kind, part, value in sorted(told, key=lambda row: row[:3]):
            keys.update(key.to_bytes(8, "little", signed=True))
            values.update(int(value * _TIMES_5).to_bytes(16, "little", signed=True))
            names.update(f"{kind}\0{part}\0".encode())
            parts[part] = parts.get(part, Decimal(0)) + value
            count += 1
    except (ValueError, ArithmeticError, IndexError):
        return None
    told_hash = hashlib.sha256(keys.digest() + values.digest() + names.digest()).hexdigest()
    return count, told_hash, parts


def projects(figures: Mapping[str, Any]) -> Iterator[Difference]:
    """Every row's value from its measures, every project's points from its rows."""
    for paper in figures["projects"]:
        law = law_on(date.fromisoformat(paper["day"]))
        name = f"{paper['project_code']} {paper['project_name']}"
        for row in paper["rows"]:
            yield from _value(f"{name} 第 {row['number']} 行", row, law)
        yield from _points(name, paper, law)


def _value(where: str, row: Mapping[str, Any], law: LawOf) -> Iterator[Difference]:
    """A value is the sum of its measures, read against the target. What two persons signed for is theirs."""
    told = row["measures"]
    if row["adjusted"] or not told or any(not each["value"] for each in told):
        return
    indicator = Indicator(
        row["level1"], row["level2"], row["level3"], "", row["target"], parse_value(row["target"]), ""
    )
    total = sum((Decimal(each["value"]) for each in told), Decimal(0))
    found = read(total, told[0]["unit"], indicator, row["reading"], law)
    stated = _plain(Decimal(row["value"])) if row["value"] else ""
    value = "" if found.value is None else _plain(found.value)
    if value != stated:
        yield Difference(where, "完成值", f"{stated}{row['unit']}", f"{value}{row['unit']}")
    if found.shown and found.shown != row["actual"]:
        yield Difference(where, "印出的完成值", row["actual"], found.shown)
    scored = f"{value}{row['unit']}" if value else ""
    if scored != row["scored"]:
        yield Difference(where, "计分的完成值", row["scored"], scored)
    if not row["tier_by"] and found.tier != row["tier"]:
        yield Difference(where, "分档", row["tier"], found.tier)
    if found.tier and (found.rate is None or _plain(found.rate) != row["tier_rate"]):
        yield Difference(where, "得分率", row["tier_rate"], _told(found.rate))


def _points(name: str, paper: Mapping[str, Any], law: LawOf) -> Iterator[Difference]:
    try:
        found = score(_facts(paper), law)
    except EvaluationError as error:
        yield Difference(name, "评分", paper["total"], f"不能评分：{error.what}")
        return
    for row, each in zip(paper["rows"], found.rows, strict=True):
        if row["score"] != f"{each.score:.2f}":
            yield Difference(f"{name} 第 {row['number']} 行", "得分", row["score"], f"{each.score:.2f}")
    whole = {
        "执行率得分": (paper["execution"]["score"], f"{found.execution.score:.2f}"),
        "总分": (paper["total"], f"{found.total:.2f}"),
        "等级": (paper["grade"], found.grade),
    }
    if paper["recheck"]:
        points = [
            (each.score, Decimal(row["own_score"]) if row["own_score"] else None)
            for row, each in zip(paper["rows"], found.rows, strict=True)
        ]
        again = rechecked(schema_of(paper["schema"], law), found.execution.score, points)
        whole["复核得分"] = (paper["recheck"]["total"], f"{again.total:.2f}")
        whole["复核等级"] = (paper["recheck"]["grade"], again.grade)
    for what, (stated, computed) in whole.items():
        if stated != computed:
            yield Difference(name, what, stated, computed)


def _facts(paper: Mapping[str, Any]) -> Evaluation:
    whole = next((each for each in paper["funds"] if each["kind"] == "total"), None)
    if whole is None:
        raise EvaluationError("没有预算")
    return Evaluation(
        schema=paper["schema"],
        budget=Budget(
            Decimal(whole["initial"]),
            Decimal(whole["adjusted"]),
            Decimal(whole["executed"]),
            paper["execution_reason"],
        ),
        rows=tuple(_row(row) for row in paper["rows"]),
        project=paper["project_code"],
        day=date.fromisoformat(paper["day"]),
        fiscal_year=paper["year"],
    )


def _row(row: Mapping[str, Any]) -> Row:
    plain = Row(row["level1"], row["level2"], row["level3"], row["target"])
    judged = bool(row["tier"]) and not (is_number(plain) and row["scored"])
    cut = row["reduction"]
    return Row(
        row["level1"],
        row["level2"],
        row["level3"],
        row["target"],
        actual=row["scored"] or None,
        weight=Decimal(row["weight"]),
        tier=row["tier"] if judged else None,
        tier_rate=Decimal(row["tier_rate"]) if judged and row["tier_rate"] else None,
        deviation=row["cause"],
        reduction=Reduction(Decimal(cut["rate"]), f"{cut['by']}：{cut['reason']}") if cut else None,
    )


def department(figures: Mapping[str, Any]) -> Iterator[Difference]:
    """The department's points from those of its projects."""
    paper = figures.get("department")
    if not paper:
        return
    day = date.fromisoformat(paper["day"])
    law = law_on(day)
    scores = tuple(_project_score(each) for each in figures["projects"])
    links = tuple(
        SubgoalLink(each["number"], each["title"], tuple(each["projects"])) for each in paper["subgoals"]
    )
    found = scored_department(
        Department(day, scores, links, len(scores)), schema_of(paper["schema"], law), law
    )
    if [line["score"] for line in paper["lines"]] != [f"{line.score:.2f}" for line in found.lines]:
        stated = "、".join(line["score"] for line in paper["lines"])
        yield Difference(
            "部门整体", "各部分得分", stated, "、".join(f"{line.score:.2f}" for line in found.lines)
        )
    if paper["total"] != f"{found.total:.2f}":
        yield Difference("部门整体", "得分", paper["total"], f"{found.total:.2f}")


def _project_score(paper: Mapping[str, Any]) -> ProjectScore:
    whole = next(each for each in paper["funds"] if each["kind"] == "total")
    counts = paper["recheck"] or paper
    return ProjectScore(
        paper["project_code"],
        paper["project_name"],
        Decimal(counts["total"]),
        counts["grade"],
        Decimal(whole["adjusted"]),
        Decimal(whole["executed"]),
    )


def keys(figures: Mapping[str, Any]) -> Iterator[Difference]:
    """Key evaluations from their experts' points."""
    for paper in figures.get("keys", ()):
        law = law_on(date.fromisoformat(paper["day"]))
        items = [
            KeyItem(
                each["number"], each["part"], each["name"], each["standard"], Decimal(each["weight"]),
                {name: Decimal(points) if points else None for name, points in each["points"].items()},
            )
            for each in paper["items"]
        ]  # fmt: skip
        found = scored_key(items, schema_of(paper["schema"], law), law)
        total = "" if found.total is None else f"{found.total:.2f}"
        if total != paper["total"]:
            yield Difference(f"重点评价 {paper['project_name']}", "得分", paper["total"], total)


def _told(value: object) -> str:
    return "" if value is None else str(value)


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
