"""Amounts in capital numerals, as vouchers want them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from youju.funds.payments.documents.capitals import capital


@pytest.mark.parametrize(
    ("amount", "told"),
    [
        ("0.00", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("1.05", "壹元零伍分"),
        ("10.50", "壹拾元伍角整"),
        ("1001.56", "壹仟零壹元伍角陆分"),
        ("10000.00", "壹万元整"),
        ("10500.00", "壹万零伍佰元整"),
        ("100050.03", "壹拾万零伍拾元零叁分"),
        ("5530000.00", "伍佰伍拾叁万元整"),
        ("100000001.00", "壹亿零壹元整"),
        ("107000053.80", "壹亿零柒佰万零伍拾叁元捌角整"),
    ],
)
def test_capital(amount: str, told: str) -> None:
    assert capital(Decimal(amount)) == told
