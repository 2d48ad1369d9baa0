"""Plain data read as a policy: each fault is one Chinese sentence that names its place."""

from __future__ import annotations

from typing import Any

import pytest

from subsidy_texts import COST, FLAT, plain, policy
from youju.rules.funds.subsidies.comparing import differences
from youju.rules.funds.subsidies.factual import facts_of
from youju.rules.funds.subsidies.reader import PolicyTextError
from youju.rules.funds.subsidies.reading import read_policy
from youju.rules.funds.subsidies.saying import of_shape
from youju.rules.funds.subsidies.shapes import SHAPES

TIERS = {"id": "t", "title": "分档", "reference": "一", "shape": "tiers"}
BAD: list[tuple[dict[str, Any], str]] = [
    (plain(code="Bad Code"), "政策的 code：“Bad Code”不合要求"),
    (plain(title=""), "政策的 title：没有填写"),
    (plain(extra=1), "政策：多出不认识的键 extra"),
    (plain(budget="1,000"), "政策的 budget：“1,000”不是数"),
    (plain(budget="0"), "政策的 budget：应大于零"),
    (plain(budget=0.1), "政策的 budget：小数 0.1 要加引号"),
    (plain(budget="1.001"), "政策的 budget：“1.001”最多 2 位小数"),
    (plain(budget="-1"), "政策的 budget：“-1”不是数"),
    (plain(window={"from": "2023-02-30", "to": "2024-01-01"}), "window的 from：“2023-02-30”不是日期"),
    (plain(window={"from": "2024-01-01", "to": "2024-01-01"}), "window的 to：应晚于 from"),
    (plain(eligible={"roles": ["owner"]}), "eligible的 roles：不认识“owner”"),
    (plain(eligible={"roles": []}), "eligible的 roles：应是一个至少有一项的列表"),
    (plain({**FLAT, "shape": "gift"}), "clauses 第 1 项的 shape：不认识“gift”"),
    (plain({**FLAT, "rate": "x"}), "clauses 第 1 项的 rate：“x”不是数"),
    (plain(FLAT, FLAT), "政策的 clauses：有两项同名"),
    (plain({**COST, "share": "1.5"}), "share：“1.5”不能大于 1"),
    (plain({**COST, "only": {"partners": ["BR"]}}), "only：按费用比例的条款不能限定"),
    (plain({**FLAT, "only": {"partners": ["Brazil"]}}), "partners：国家（地区）写两位大写字母代码"),
    (plain({**FLAT, "only": {"products": ["bag'"]}}), "products：商品写税则号列的前几位数字"),
    (plain({**TIERS, "steps": [{"from": "5", "rate": "1"}, {"from": "5", "rate": "2"}]}), "steps：各档的起点应从小到大"),
    (plain({**TIERS, "steps": [{"from": "5", "amount": "1"}]}), "amount：各段按各自的档时只能写 rate"),
    (plain({**TIERS, "steps": [{"from": "5"}]}), "rate：rate 和 amount 至少写一个"),
    (plain(stacking={"against": ["test-2023"]}), "不能写本政策自己"),
    (plain(stacking={"against": ["a"], "counts": "both"}), "counts：不认识“both”"),
    (plain(examples=[{"title": "例", "facts": {}, "lines": {"none": "1"}, "total": "1"}]), "没有条款“none”"),
    (plain(examples=[{"title": "例", "facts": {"costs": [{"kind": "x", "day": "2023-01-01", "cny": "1"}]}, "total": "1"}]),
     "kind：不认识“x”"),
    (plain(verified="yes"), "verified：“yes”应是 true 或 false"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "words"), BAD, ids=[words for _, words in BAD])
def test_a_fault_says_what_and_where(data: dict[str, Any], words: str) -> None:
    with pytest.raises(PolicyTextError) as caught:
        read_policy(data)
    assert words in str(caught.value)


@pytest.mark.parametrize("data", [None, [], "text", {"code": ["a"]}, {"code": {}}, {}])
def test_what_is_no_policy_at_all_is_refused(data: Any) -> None:
    with pytest.raises(PolicyTextError):
        read_policy(data)


def test_facts_number_their_records_and_find_the_first_export() -> None:
    known = facts_of(
        {"exports": [{"day": "2023-05-01", "usd": "1"}], "base_exports": [{"day": "2022-05-01", "usd": "2"}]}
    )
    assert [fact.key for fact in (*known.exports, *known.base_exports)] == ["E1", "B1"]
    assert str(known.first_export_on) == "2022-05-01"
    with pytest.raises(PolicyTextError, match="示例：多出不认识的键 money"):
        facts_of({"money": 1})


def test_two_texts_are_compared_clause_by_clause() -> None:
    old = policy(FLAT, COST)
    new = policy({**FLAT, "rate": "0.08"}, {**FLAT, "id": "new", "title": "新条款"}, budget="2000000")
    told = [(each.kind, each.label, each.before, each.after) for each in differences(old, new)]
    assert told == [
        ("changed", "资金总额", "1,000,000 元", "2,000,000 元"),
        ("changed", "定额率：算法", "期间内出口每 1 美元补贴 0.05 元", "期间内出口每 1 美元补贴 0.08 元"),
        ("added", "新条款", "", "期间内出口每 1 美元补贴 0.05 元"),
        ("gone", "展位费", "展位费按 50% 补贴", ""),
    ]


def test_every_shape_has_a_name_and_a_sentence() -> None:
    from youju.foundation.policies import load

    shapes = {
        clause.shape.kind: clause.shape for text in load().subsidies.values() for clause in text.clauses
    }
    assert set(shapes) == set(SHAPES)
    assert all(of_shape(shape) for shape in shapes.values())
