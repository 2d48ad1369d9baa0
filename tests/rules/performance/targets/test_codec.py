"""The JSON of ``targets read``: exact keys in exact order, and refusals that name the path."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youju.rules.performance.targets.codec import from_json, to_json
from youju.rules.performance.targets.facts import (
    Department,
    DocumentHead,
    Indicator,
    Kind,
    Project,
    Safeguard,
    Subgoal,
    TargetDocument,
)
from youju.rules.performance.targets.values import parse_value

EXAMPLE = """{"document": {"unit_code": "304001", "unit_name": "某中心", "money_unit": "万元", "schema": "hebei-2020",
"fiscal_year": null}, "department": {"goal": "总目标", "subgoals": [{"title": "甲", "goal": "乙", "indicator": "丙"}],
"safeguards": [{"title": "丁", "text": "戊"}]}, "projects": [{"code": "13060523P00456310001Q", "name": "法律顾问费",
"budget": "5.00", "fiscal": "5.00", "other": null, "purpose": "聘请法律顾问",
"plan": {"03": "5.00", "06": "5.00", "10": "5.00", "12": "5.00"}, "goals": ["1.用于聘请"],
"indicators": [{"level1": "产出指标", "level2": "数量指标", "level3": "委托费次数", "description": "委托费次数",
"raw_value": "1次", "operator": null, "number": "1", "unit": "次", "kind": "quantitative", "basis": "年度工作计划"}]}]}"""

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
amounts = st.none() | st.decimals(0, 10**6, places=2).map(str)
indicators = st.builds(
    lambda one, two, raw: Indicator(one, two, one, two, raw, parse_value(raw), one),
    texts,
    texts,
    texts | st.sampled_from(["≥5个", "2023年12月底前", "显著提高", "≤1,000.5万元"]),
)
projects = st.builds(
    lambda code, name, money, goals, rows: Project(
        code,
        name,
        money,
        money,
        None,
        name,
        dict.fromkeys(("03", "06", "10", "12"), money),
        tuple(goals),
        tuple(rows),
    ),
    st.text("0123456789ABCDEF", min_size=1, max_size=21),
    texts,
    amounts,
    st.lists(texts, max_size=3),
    st.lists(indicators, max_size=4),
)
documents = st.builds(
    lambda name, year, parts, found: TargetDocument(
        DocumentHead(None, name, "万元", "mof-2021", year),
        Department(name, tuple(Subgoal(a, b, a) for a, b in parts), tuple(Safeguard(a, b) for a, b in parts)),
        tuple(found),
    ),
    texts,
    st.none() | st.integers(2000, 2099),
    st.lists(st.tuples(texts, texts), max_size=3),
    st.lists(projects, max_size=3),
)


def test_the_example_of_the_interface_comes_back_as_the_same_text() -> None:
    data = json.loads(EXAMPLE)
    assert json.dumps(to_json(from_json(data)), ensure_ascii=False) == json.dumps(data, ensure_ascii=False)


@given(documents)
def test_every_document_survives_json(document: TargetDocument) -> None:
    assert from_json(json.loads(json.dumps(to_json(document), ensure_ascii=False))) == document


def test_what_may_be_blank_may_be_absent_and_a_value_without_kind_is_taken_apart() -> None:
    document = from_json(
        {
            "document": {"money_unit": "元", "schema": "mof-2021"},
            "projects": [{"code": "X", "indicators": [{"raw_value": "≤3天"}]}],
        }
    )
    (project,) = document.projects
    assert project.plan == {"03": None, "06": None, "10": None, "12": None}
    assert (project.budget, project.goals, document.department) == (None, (), Department())
    assert (project.indicators[0].value.operator, project.indicators[0].value.kind) == (
        "≤",
        Kind.QUANTITATIVE,
    )


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (("projects", 0, "budget"), 5.0, 'projects[0].budget 应为数字文本，如 "5.00"，空白写 null'),
        (("projects", 0, "budget"), "5,000.00", "projects[0].budget 应为数字文本"),
        (("projects", 0, "budget"), "５", "projects[0].budget 应为数字文本"),
        (("projects", 0, "plan"), {"3": "1"}, "projects[0].plan 的键“3”应为两位月份，如 03"),
        (("projects", 0, "code"), " ", "projects[0].code 不能是空的"),
        (("projects", 0, "goals"), "1.目标", "projects[0].goals 应为 JSON 数组"),
        (
            ("projects", 0, "indicators", 0, "kind"),
            "number",
            "projects[0].indicators[0].kind 应为 quantitative、",
        ),
        (
            ("projects", 0, "indicators", 0, "operator"),
            ">=",
            "projects[0].indicators[0].operator 应为 ≥ ≤ = > <",
        ),
        (("projects", 0, "indicators", 0, "basis"), 7, "projects[0].indicators[0].basis 应为文本"),
        (("document", "fiscal_year"), "2023", "document.fiscal_year 应为整数年度或 null"),
        (("document", "fiscal_year"), True, "document.fiscal_year 应为整数年度或 null"),
        (("department", "subgoals"), [3], "department.subgoals[0] 应为 JSON 对象"),
        (("document",), [], "document 应为 JSON 对象"),
    ],
)
def test_a_wrong_value_is_refused_by_its_path(
    path: tuple[str | int, ...], value: object, sentence: str
) -> None:
    data = json.loads(EXAMPLE)
    place = data
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    with pytest.raises(ValueError, match=r"^") as error:
        from_json(data)
    assert str(error.value).startswith(sentence)


@pytest.mark.parametrize("key", ["document", "projects"])
def test_a_missing_part_is_named(key: str) -> None:
    data = json.loads(EXAMPLE)
    del data[key]
    with pytest.raises(ValueError, match=f"缺少 {key}"):
        from_json(data)


@pytest.mark.parametrize("data", [None, [], "文本", 3])
def test_json_that_is_no_object_is_refused(data: object) -> None:
    with pytest.raises(ValueError, match="整个文件 应为 JSON 对象"):
        from_json(data)
