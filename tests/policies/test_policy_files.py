"""Every file under policies/ as it stands: cited, dated, and asked for by somebody."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from youju.foundation.kernel import places
from youju.foundation.policies import Policy, load
from youju.foundation.policies.catalogue import bearing_tests, rule_catalogue
from youju.rules.families import FAMILIES, every_rule
from youju.rules.registry import Rule

POLICIES = load()
RULES = every_rule()
LINT_CODE = sorted((places.ROOT / "src/youju/rules").rglob("*.py"))


def _id(subject: Rule | Policy | Path) -> str:
    return subject.name if isinstance(subject, Path) else subject.id


@pytest.mark.parametrize("rule", RULES, ids=_id)
def test_every_rule_stands_on_a_source_that_was_in_force(rule: Rule) -> None:
    assert POLICIES.cited(rule.basis) is not None, f"{rule.id} cites {rule.basis}"
    source = POLICIES.sources[rule.basis.partition("#")[0]]
    assert source.in_force is not None
    assert source.in_force <= rule.since
    assert rule.id.partition("-")[0] in FAMILIES


@pytest.mark.parametrize("rule", RULES, ids=_id)
def test_every_rule_has_a_test_that_bears_its_id(rule: Rule) -> None:
    assert bearing_tests().get(rule.id), f"write test_{rule.id.replace('-', '_')}_…"


@pytest.mark.parametrize("rule", RULES, ids=_id)
def test_every_parameter_is_a_policy_with_a_value_on_each_day_of_the_rule(rule: Rule) -> None:
    for name in rule.parameters:
        policy = POLICIES.policies[name]
        assert policy.on(rule.since) is not None, f"{name} has no value on {rule.since}"
        last = policy.values[-1]
        assert last.end is None or (rule.until is not None and rule.until <= last.end)


@pytest.mark.parametrize("rule", RULES, ids=_id)
def test_the_sentence_of_a_rule_is_chinese_and_ends(rule: Rule) -> None:
    assert rule.sentence.endswith("。")
    assert re.search(r"[一-鿿]{6,}", rule.sentence)
    assert rule.title
    assert not rule.title.endswith("。")


def test_no_test_bears_the_id_of_a_rule_that_does_not_exist() -> None:
    assert set(bearing_tests()) <= {rule.id for rule in RULES}


@pytest.mark.parametrize("policy", POLICIES.policies.values(), ids=_id)
def test_every_value_cites_a_source_that_exists_and_claims_no_more_than_was_read(policy: Policy) -> None:
    for value in policy.values:
        cited = POLICIES.cited(value.source)
        assert cited is not None
        assert value.verified <= cited.verified, f"{policy.id} claims more than {value.source}"
    if policy.kind == "statutory":
        source = POLICIES.sources[policy.values[0].source.partition("#")[0]]
        assert source.kind != "house"


def test_every_policy_is_asked_for_by_a_rule_or_by_code() -> None:
    asked = {name for rule in RULES for name in rule.parameters}
    words: set[str] = set()
    for path in (places.ROOT / "src").rglob("*.py"):
        words.update(re.findall(r"\w+", path.read_text(encoding="utf-8")))
    unread = [name for name in POLICIES.policies if name not in asked]
    assert [name for name in unread if name.rpartition(".")[2] not in words] == []


def test_the_catalogue_holds_every_rule_with_its_article_and_parameters() -> None:
    entries = {entry.id: entry for entry in rule_catalogue()}
    assert sorted(entries) == sorted({rule.id for rule in RULES})
    early = entries["TGT-028"]
    assert (early.severity_label, early.scope_label, early.family) == ("警告", "项目", "绩效目标")
    assert [policy.id for policy in early.parameters] == [
        "performance.targets.early_plan_month",
        "performance.targets.early_plan_share",
    ]
    assert any(
        test.endswith("test_TGT_028_everything_spent_by_the_end_of_march_is_found") for test in early.tests
    )


ALLOWED = {0, 1, 2}
STRUCTURE = {
    "codes.py": {3, 21, 2000},  # the shape of a project code, inferred and documented there
    "values.py": {0x20, 0x2D, 0xA0, 0xFEE0, 0xFF01, 0xFF5F, 0x200B, 0x2212, 0x3000, 0xFEFF, 4096},
    "law.py": {12},  # characters of a hash shown
    "checks.py": {12},  # the same
    "plans.py": {100},  # per cent
    "changes.py": {12},  # months of a year
    "duplicates.py": {100},  # per cent
    "goals.py": {40},  # characters of a goal quoted in a message
    "places.py": {60, 20},  # characters of a tariff wording, of a country's name quoted in a message
    # A cent, the last places of a weight and a volume; a density told to one place.
    "amounts.py": {"0.01", "0.1", "0.00001", "0.000001"},
    "containers.py": {10, 11, 20, 39},  # ISO 6346: what letters count, the check digit; characters quoted
    "parties.py": {20},  # characters quoted in a message
    "identifiers.py": {
        4,
        7,
        8,
        10,
        12,
    },  # duplicates: shapes of containers, telephones, accounts, invoice codes
    "filling.py": {"0.00001"},  # the last place of a weight
    "goods.py": {"0.0001", "0.01"},  # a price and a ratio told to so many places
    "judging.py": {64},  # days in a cache
    "fitting.py": {16_384, "0.01"},  # entries of a cache; the measure is told in per cent
    "recognising.py": {512},  # days in a cache
    # Filing: shapes of numbers by their standards, widths of database columns, characters quoted in a message or masked.
    "business.py": {40},
    "fields.py": {10, 12, 15, 18, 20, 30, 50, 100, 200, 254, 300, 2000, 8},
    "numbers.py": {18},
    "people.py": {17, 18},
    "masking.py": {3, 4},
    "budgets.py": {"0.01", 100},  # a cent; per cent
    "forecasting.py": {"0.01"},
    # A cent; how a policy's text is written; steps of a round width, bins of a picture, places of a share.
    "cents.py": {"0.01", "0.00"},
    "limits.py": {6, 40},
    "spreading.py": {4, 5, 10, 12, 20, 50},
    "figures.py": {"100", "10000", "0.01", "0.1"},  # per cent, ten thousands, a cent, a place told
}


def _bare_numbers(tree: ast.Module) -> Iterator[tuple[int, object]]:
    """Numbers that stand in code, other than the day of a rule, which its registration needs."""
    dates = {
        id(argument)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "date"
        for argument in node.args
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and id(node) not in dates:
            if not isinstance(node.value, bool):
                yield node.lineno, node.value
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Decimal":
            for argument in node.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield node.lineno, argument.value


@pytest.mark.parametrize("path", LINT_CODE, ids=_id)
def test_no_amount_rate_limit_or_term_stands_as_a_number_in_a_rule(path: Path) -> None:
    allowed = ALLOWED | STRUCTURE.get(path.name, set())
    bare = [
        (line, value) for line, value in _bare_numbers(ast.parse(path.read_text())) if value not in allowed
    ]
    assert bare == [], f"{path}: move these into policies/"
