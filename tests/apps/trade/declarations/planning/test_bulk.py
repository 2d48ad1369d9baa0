"""The compiled kernel equals the oracle, declaration by declaration and line by line."""

from __future__ import annotations

import random
import sys

import numpy as np
import pytest

from goods_made import TERMS, line
from youju.foundation.kernel.errors import InputError
from youju.rules.trade.declarations.facts import GoodsLine
from youju.rules.trade.declarations.simplifying import simplify
from youju.rules.trade.declarations.terms import Terms
from youju.trade.declarations.planning.bulk import GoodsArrays, simplify_many

OLD = Terms(50, 10, 5, TERMS.ineligible, TERMS.merged_unit, TERMS.weight_unit)


def declarations(seed: int, count: int) -> list[list[GoodsLine]]:
    """Few kinds and few values, so that ties and repeated kinds are many."""
    draw = random.Random(seed)
    known = [(f"{draw.randint(1, 99):02d}{draw.randint(0, 3):08d}", draw.randint(0, 2)) for _ in range(40)]
    made = []
    for _ in range(count):
        picked = [
            (*draw.choice(known), draw.randint(1, 4), draw.random() < 0.15)
            for _ in range(draw.randint(1, 60))
        ]
        made.append(
            [
                line(number, f"{value}.00", hs_code=code, name=str(name), inspection=mark)
                for number, (code, name, value, mark) in enumerate(picked, 1)
            ]
        )
    return made


def arrays(many: list[list[GoodsLine]]) -> GoodsArrays:
    goods = [each for one in many for each in one]
    return GoodsArrays(
        np.cumsum([0, *map(len, many)], dtype=np.int64),
        np.array([int(each.hs_code) for each in goods], dtype=np.int64),
        np.array([int(each.name) for each in goods], dtype=np.int32),
        np.array([each.cents for each in goods], dtype=np.int64),
        np.array([each.inspection for each in goods], dtype=np.bool_),
    )


@pytest.mark.parametrize("terms", [TERMS, OLD], ids=["since 2020", "before 2020"])
def test_the_kernel_equals_the_oracle(terms: Terms) -> None:
    many = declarations(1, 400)
    other = simplify_many(arrays(many), OLD if terms is TERMS else TERMS)
    made = simplify_many(arrays(many), terms, into=other)
    start = 0
    for number, goods in enumerate(many):
        found = [
            (f"{made.codes[at]:010d}", str(made.names[at]), int(made.cents[at]), bool(made.merged[at]))
            for at in range(start, start + int(made.counts[number]))
        ]
        wanted = simplify(goods, terms)
        assert found == [(each.hs_code, each.name, each.cents, each.merged) for each in wanted]
        lines = {source: each.number for each in wanted for source in each.sources}
        assert made.lines[start : start + len(goods)].tolist() == [lines[each.number] for each in goods]
        start += len(goods)


def test_no_declaration_is_no_work() -> None:
    assert simplify_many(arrays([]), TERMS).counts.tolist() == []


def test_without_its_component_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "youju.trade.declarations.planning.kernel", None)
    monkeypatch.delattr("youju.trade.declarations.planning.kernel", raising=False)
    with pytest.raises(InputError, match="请安装附加组件 bulk"):
        simplify_many(arrays(declarations(1, 1)), TERMS)
