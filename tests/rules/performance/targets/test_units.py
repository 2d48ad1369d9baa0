"""Units convert inside their kind and never across kinds."""

from __future__ import annotations

from decimal import Decimal

import pytest

from rules.performance.targets.model_answer import LAW
from youju.rules.law import table
from youju.rules.performance.targets.units import UNITS, magnitude


def test_the_names_in_code_are_those_of_the_policy() -> None:
    assert set(table(LAW, "units")) == UNITS


@pytest.mark.parametrize(
    ("number", "unit", "expected"),
    [
        ("553", "万元", ("money", Decimal(5530000))),
        ("0.0553", "亿元", ("money", Decimal(5530000))),
        ("5530000", "元", ("money", Decimal(5530000))),
        ("2", "亿美元", ("usd", Decimal(200000000))),
        ("90", "%", ("share", Decimal(90))),
        ("5", "‰", ("share", Decimal("0.5"))),
        ("2", "年", ("month", Decimal(24))),
        ("2", "天", ("second", Decimal(172800))),
        ("3", "万人次", ("count:人次", Decimal(30000))),
        ("5", "万人", ("people", Decimal(50000))),
        ("5", "名", ("people", Decimal(5))),
        ("200", "元/人", ("元/人", Decimal(200))),
        ("7", None, ("", Decimal(7))),
    ],
)
def test_magnitudes(number: str, unit: str | None, expected: tuple[str, Decimal]) -> None:
    assert magnitude(number, unit, LAW) == expected
