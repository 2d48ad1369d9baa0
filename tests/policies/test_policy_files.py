"""Every file under policies/ as it stands: cited, dated, and asked for by somebody."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from each import each_of
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


@each_of(RULES, ids=_id)
def test_every_rule_stands_on_a_source_that_was_in_force(rule: Rule) -> None:
    assert POLICIES.cited(rule.basis) is not None, f"{rule.id} cites {rule.basis}"
    source = POLICIES.sources[rule.basis.partition("#")[0]]
    assert source.in_force is not None
    assert source.in_force <= rule.since
    assert rule.id.partition("-")[0] in FAMILIES


@each_of(RULES, ids=_id)
def test_every_rule_has_a_test_that_bears_its_id(rule: Rule) -> None:
    assert bearing_tests().get(rule.id), f"write test_{rule.id.replace('-', '_')}_…"


@each_of(RULES, ids=_id)
def test_every_parameter_is_a_policy_with_a_value_on_each_day_of_the_rule(rule: Rule) -> None:
    for name in rule.parameters:
        policy = POLICIES.policies[name]
        assert policy.on(rule.since) is not None, f"{name} has no value on {rule.since}"
        last = policy.values[-1]
        assert last.end is None or (rule.until is not None and rule.until <= last.end)


@each_of(RULES, ids=_id)
def test_the_sentence_of_a_rule_is_chinese_and_ends(rule: Rule) -> None:
    assert rule.sentence.endswith("。")
    assert re.search(r"[一-鿿]{6,}", rule.sentence)
    assert rule.title
    assert not rule.title.endswith("。")


def test_no_test_bears_the_id_of_a_rule_that_does_not_exist() -> None:
    assert set(bearing_tests()) <= {rule.id for rule in RULES}


@each_of(POLICIES.policies.values(), ids=_id)
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
    "scoring.py": {"0.01", 100},  # credit: a hundredth of a point, per cent
    "effects.py": {100},  # credit: per cent
    "codes.py": {3, 21, 2000},  # the shape of a project code, inferred and documented there
    "values.py": {0x20, 0x2D, 0xA0, 0xFEE0, 0xFF01, 0xFF5F, 0x200B, 0x2212, 0x3000, 0xFEFF, 4096},
    "law.py": {12},  # characters of a hash shown
    "checks.py": {12, 40, 100},  # the same; characters of a number quoted; per cent
    "plans.py": {100},  # per cent
    "colours.py": {12, 100, "0.01"},  # months of a year, per cent, told to the hundredth
    "marks.py": {"0.1"},  # points of an audit are told to the tenth
    "changes.py": {12},  # months of a year
    "duplicates.py": {100},  # per cent
    "goals.py": {40},  # characters of a goal quoted in a message
    "places.py": {60, 20},  # characters of a tariff wording, of a country's name quoted in a message
    # A cent, the last places of a weight and a volume; a density told to one place.
    "amounts.py": {"0.01", "0.1", "0.00001", "0.000001"},
    "containers.py": {10, 11, 20, 39},  # ISO 6346: what letters count, the check digit; characters quoted
    "parties.py": {20},  # characters quoted in a message
    "identifiers.py": {
        3,
        4,
        5,
        6,
        7,
        8,
        9,
        10,
        12,
        18,
    },  # duplicates: shapes of containers, telephones, accounts, invoice codes
    "filling.py": {"0.00001"},  # the last place of a weight
    "goods.py": {"0.0001", "0.01"},  # a price and a ratio told to so many places
    "judging.py": {64},  # days in a cache
    "fitting.py": {16_384, "0.01"},  # entries of a cache; the measure is told in per cent
    "recognising.py": {512},  # days in a cache
    # Filing: shapes of numbers by their standards, widths of database columns, characters quoted in a message or masked.
    "business.py": {40},
    "fields.py": {10, 12, 15, 18, 20, 30, 50, 100, 200, 254, 300, 2000, 8},
    "numbers.py": {
        18,
        "0.01",
        100,
    },  # digits of an ID; targets of next year are told to the hundredth, growth in per cent
    "people.py": {17, 18},
    "masking.py": {3, 4},
    "budgets.py": {"0.01", 100},  # a cent; per cent
    "forecasting.py": {"0.01"},
    # A cent; how a policy's text is written; steps of a round width, bins of a picture, places of a share.
    "cents.py": {"0.01", "0.00"},
    "limits.py": {6, 40},
    "spreading.py": {4, 5, 10, 12, 20, 50},
    "repeating.py": {3, 6, 12},  # months of a quarter, half a year, a year
    # Report checks: per cent, a hundredth; scales of units; months of quarters; depths of headings, characters looked at.
    "building.py": {"0.01", 100},
    "checking.py": {100, 3, 5, 60},
    "comparing.py": {3, 4, 6, 8, 10, 100, 10_000},
    "index.py": {3},
    "lexicon.py": {8},
    "measuring.py": {3, 4, 6, 7, 8, 10},
    "names.py": {4, 99, 100},  # the same; per cent of letters that agree
    "numerals.py": {4, 8, 10, 100, 1000},
    "saying.py": {16},
    "tables.py": {3, 4, 30},
    "times.py": {3, 4, 6, 7, 12},
    "drawing.py": {256, "0.01"},  # bits of a hash; per cent
    # Evaluation: a hundredth of a point, per cent; months and days of parts of a year, a year that has a 29 February.
    "points.py": {"0.01", 100},
    "deadlines.py": {3, 6, 10, 12, 20, 2000},
    # Samples: a cent, places of a reckoning and of its result, the sign for a quotation mark.
    "sampling.py": {40, 34, "0.01", "0.0000001"},
    "months.py": {12},  # months of a year
    # The check digit of a patent's number: its weights come round after eight, 10 is X.
    "patents.py": {8, 10, 11},
    "counting.py": {0xFEE0, 24},  # full-width signs; the longest number of an asset
    "depreciation.py": {12, "0.01", "0.00"},  # months of a year; cents
    "figures.py": {
        8,
        100,
        "100",
        "10000",
        "0.01",
        "0.1",
    },  # characters looked at, per cent, ten thousands, a cent, a place told
    # Surveys: steps of a scale and their scores, months; characters of a remark; rows of the table of Student's t, digits.
    "questions.py": {3, 5, 12, 25, "0.00001"},
    "reading.py": {3, 1000},
    "matching.py": {100},  # settlement: points and per cent
    "statistics.py": {*range(3, 31), 40, 60, 100, 1000},
    # Measures: places of a value and a share, digits of a reckoning, per cent, months of a year, digits of a hash.
    "degrees.py": {60, 100, "0.01", "0.000001"},
    "expecting.py": {12, 60, 100, "0.1", "0.000001"},
    "row_names.py": {16},
    "periods.py": {3, 12},  # months of a quarter, a year
    "differences.py": {"0.01", 100},  # a cent; per cent
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


@each_of(LINT_CODE, ids=_id)
def test_no_amount_rate_limit_or_term_stands_as_a_number_in_a_rule(path: Path) -> None:
    allowed = ALLOWED | STRUCTURE.get(path.name, set())
    bare = [
        (line, value) for line, value in _bare_numbers(ast.parse(path.read_text())) if value not in allowed
    ]
    assert bare == [], f"{path}: move these into policies/"
