"""The law of a day: immutable, and plain about what it does not hold."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from youju.rules.law import Law, UnknownPolicyError, decimal, names, table, text, whole

DAY = date(2023, 1, 1)
LAW = Law(
    {"a.n": 3, "a.d": Decimal("0.9"), "a.t": "03", "a.l": ("甲", "乙"), "a.m": {"k": 1}},
    as_of=DAY,
    hash="f" * 64,
    dormant=frozenset({"a.later"}),
)


def test_typed_readers() -> None:
    assert (whole(LAW, "a.n"), decimal(LAW, "a.d"), text(LAW, "a.t")) == (3, Decimal("0.9"), "03")
    assert (names(LAW, "a.l"), table(LAW, "a.m")) == (("甲", "乙"), {"k": 1})
    assert (len(LAW), sorted(LAW)[0], LAW.as_of) == (5, "a.d", DAY)


@pytest.mark.parametrize(
    ("policy", "reason"), [("a.later", "当日没有生效的取值"), ("a.none", "没有这个编号")]
)
def test_a_missing_value_tells_an_unknown_id_from_one_not_in_force(policy: str, reason: str) -> None:
    with pytest.raises(UnknownPolicyError) as caught:
        LAW[policy]
    assert isinstance(caught.value, KeyError)
    assert str(caught.value).startswith("2023-01-01 没有政策值")
    assert policy in str(caught.value)
    assert reason in str(caught.value)
    assert policy not in LAW
    assert LAW.get(policy) is None


def test_the_law_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        LAW["a.n"] = 4  # type: ignore[index]
    values = {"a": 1}
    law = Law(values, as_of=DAY)
    values["a"] = 2
    assert law["a"] == 1
