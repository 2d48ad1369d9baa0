"""Facts and verdicts as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from youju.rules.performance.report_checks.facts import Fact, Kind, Outcome, Passage, Verdict
from youju.rules.performance.report_checks.names import label_names, project_names

_TEXTS = ("unit", "text", "operator", "period", "source", "url")


class FactsError(ValueError):
    """A file of facts that cannot be read: ``where`` says which of them."""

    def __init__(self, what: str, where: str = "") -> None:
        self.what, self.where = what, where
        super().__init__(what)


def facts_to_json(facts: Iterable[Fact], year: int) -> dict[str, Any]:
    """``{"year": …, "facts": […]}``; values as strings of decimal digits, empty texts left out."""
    return {"year": year, "facts": [_fact_to(each) for each in facts]}


def _fact_to(fact: Fact) -> dict[str, Any]:
    found: dict[str, Any] = {
        "subject": fact.subject,
        "kind": fact.kind.value,
        "names": list(fact.names),
        "year": fact.year,
    }
    found["value"] = None if fact.value is None else f"{fact.value.normalize():f}"
    if fact.labels:
        found["labels"] = list(fact.labels)
    return found | {name: getattr(fact, name) for name in _TEXTS if getattr(fact, name)}


def facts_from_json(data: Any) -> tuple[int, list[Fact]]:
    """The year and the facts of a file. A project's ``name`` alone is enough: its short names follow.

    Raises:
        FactsError: not of this shape.
    """
    if (
        not isinstance(data, Mapping)
        or not isinstance(data.get("facts"), Sequence)
        or isinstance(data["facts"], str)
    ):
        raise FactsError("要有 year 和 facts 两项")
    year = data.get("year")
    if not isinstance(year, int) or isinstance(year, bool):
        raise FactsError("year 要写年度，如 2023", "year")
    return year, [
        _fact_from(each, year, f"facts 第 {place} 项") for place, each in enumerate(data["facts"], 1)
    ]


def _fact_from(each: Any, year: int, where: str) -> Fact:
    if not isinstance(each, Mapping):
        raise FactsError("要写成一组键和值", where)
    subject = each.get("subject")
    if not isinstance(subject, str) or not subject:
        raise FactsError("没有写 subject（项目编码、department 或 trade）", where)
    try:
        kind = Kind(str(each.get("kind")))
    except ValueError as error:
        raise FactsError(f"没有这种 kind：{each.get('kind')}", where) from error
    names = tuple(_list(each, "names", where))
    if isinstance(name := each.get("name"), str) and name:
        names = (*project_names(subject, name), *names)
    own_year = each.get("year", year)
    if not isinstance(own_year, int):
        raise FactsError("year 要写年度", where)
    texts = {name: str(each.get(name) or "") for name in _TEXTS}
    return Fact(subject, kind, _value(each.get("value"), where), names=names, labels=label_names(*_list(each, "labels", where)),
                year=own_year, **texts)  # fmt: skip


def _list(each: Mapping[str, Any], name: str, where: str) -> list[str]:
    found = each.get(name) or []
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise FactsError(f"{name} 要写成文字的列表", where)
    return found


def _value(given: Any, where: str) -> Decimal | None:
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, str | int):
        raise FactsError('value 要写成文字，如 "5.00"', where)
    try:
        value = Decimal(given)
    except InvalidOperation as error:
        raise FactsError(f"value 不是数：{given}", where) from error
    if not value.is_finite():
        raise FactsError(f"value 不是数：{given}", where)
    return value


def verdicts_to_json(passages: Sequence[Passage], verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """Counts and every verdict with its place: what ``youju report-checks run --json`` prints."""
    counts = {each.value: sum(one.outcome is each for one in verdicts) for each in Outcome}
    return {
        "figures": len(verdicts),
        **counts,
        "verdicts": [verdict_to_json(passages, each) for each in verdicts],
    }


def verdict_to_json(passages: Sequence[Passage], each: Verdict) -> dict[str, Any]:
    """One verdict; ``text`` is the passage that it stands in."""
    figure, passage = each.figure, passages[each.passage]
    return {
        "passage": each.passage, "place": passage.place, "start": figure.start, "end": figure.end, "printed": figure.printed,
        "outcome": each.outcome.value, "what": each.what, "right": each.right, "rule": each.rule, "why": each.why,
        "how": each.how, "source": each.source, "url": each.url, "text": passage.text,
    }  # fmt: skip
