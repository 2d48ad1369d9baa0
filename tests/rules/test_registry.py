"""The register: what a declaration must hold, dated versions of one id, and what is stamped on a finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest

from youju.rules.findings import Finding, Severity
from youju.rules.registry import Registry, RuleConflictError

BASE: dict[str, Any] = {
    "title": "标题",
    "basis": "house",
    "since": date(2020, 1, 1),
    "severity": Severity.HINT,
    "scope": "row",
}


def says(facts: object, law: Mapping[str, object]) -> Finding:
    """这句话给用户看。

    This one is for engineers.
    """
    return Finding(f"{facts}", "改。", {"row": 1}, rule="LIE-999", severity=Severity.ERROR)


def test_rule_and_severity_are_stamped_by_the_register() -> None:
    registry = Registry()
    assert registry.rule("ABC-001", **BASE)(says) is says
    (rule,) = registry
    (finding,) = rule.findings("事实", {})
    assert (finding.rule, finding.severity, finding.message) == ("ABC-001", Severity.HINT, "事实")
    assert rule.sentence == "这句话给用户看。"


def test_a_check_may_answer_nothing_one_or_many() -> None:
    def nothing(facts: object, law: object) -> None:
        """没有。"""

    def many(facts: int, law: object) -> Iterator[Finding]:
        """很多。"""
        yield from (Finding(str(number), "") for number in range(facts))

    registry = Registry()
    registry.rule("ABC-001", **BASE)(nothing)
    registry.rule("ABC-002", **BASE)(many)
    first, second = registry
    assert list(first.findings(3, {})) == []
    assert [finding.message for finding in second.findings(3, {})] == ["0", "1", "2"]


def test_an_id_is_given_once_for_the_same_days() -> None:
    registry = Registry()
    registry.rule("ABC-001", **BASE)(says)
    with pytest.raises(RuleConflictError, match="ABC-001"):
        registry.rule("ABC-001", **BASE)(says)
    with pytest.raises(RuleConflictError, match="2021-01-01"):
        registry.rule("ABC-001", **{**BASE, "since": date(2021, 1, 1), "until": date(2022, 1, 1)})(says)


def test_a_changed_formula_is_a_new_version_from_its_day_on() -> None:
    registry = Registry()
    turn = date(2024, 7, 1)
    registry.rule("ABC-001", **{**BASE, "title": "新", "since": turn})(says)
    registry.rule("ABC-001", **{**BASE, "title": "旧", "until": turn})(says)
    assert [version.title for version in registry.versions("ABC-001")] == ["旧", "新"]

    def titles(day: date | None) -> list[str]:
        return [rule.title for rule in registry.in_force(day, "row")]

    assert titles(date(2019, 12, 31)) == []
    assert titles(date(2020, 1, 1)) == titles(date(2024, 6, 30)) == ["旧"]
    assert titles(turn) == titles(None) == ["新"]


def test_rules_in_force_are_picked_by_scope_and_family() -> None:
    registry = Registry()
    registry.rule("ABC-002", **BASE)(says)
    registry.rule("ABC-001", **{**BASE, "scope": "project"})(says)
    registry.rule("XYZ-001", **BASE)(says)
    day = date(2023, 1, 1)
    assert [rule.id for rule in registry.in_force(day, "row")] == ["ABC-002", "XYZ-001"]
    assert [rule.id for rule in registry.in_force(day, "row", "ABC-")] == ["ABC-002"]
    assert "ABC-001" in registry
    assert "ABC-009" not in registry
    with pytest.raises(KeyError):
        registry.versions("ABC-009")


def silent(facts: object, law: object) -> None:
    return None


@pytest.mark.parametrize(
    ("id", "changes", "check"),
    [
        ("abc-1", {}, says),
        ("ABC-001", {"scope": "cell"}, says),
        ("ABC-001", {}, silent),
        ("ABC-001", {"until": date(2020, 1, 1)}, says),
    ],
)
def test_a_malformed_declaration_is_refused(id: str, changes: dict[str, Any], check: Any) -> None:
    with pytest.raises(RuleConflictError):
        Registry().rule(id, **{**BASE, **changes})(check)
