"""What of a list is made public, and its hash."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal

import pytest

from youju.rules.funds.claims.publishing import (
    ListedLine,
    list_hash,
    masked_account,
    plain_list,
    public_code,
    public_name,
)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("保定某某箱包有限公司", "保定某某箱包有限公司"),
        ("张三", "张*"),
        ("欧阳小明", "欧***"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
        ("白沟鑫源箱包店（李四）", "白沟鑫源箱包店（李*）"),
        ("鑫源箱包经营部", "鑫源箱包经营部"),
        ("Baigou Bags", "Baigou Bags"),
    ],
)
def test_persons_are_covered_and_enterprises_are_not(name: str, shown: str) -> None:
    assert public_name(name) == shown


def test_a_code_shows_its_ends() -> None:
    assert public_code("91130600MA0EXAMPL7") == "9113**********MPL7"
    assert public_code("") == ""


def test_an_account_shows_its_last_digits() -> None:
    assert masked_account("6222020200001234567") == "**** 4567"


def test_the_hash_is_of_the_canonical_text_and_changes_with_a_cent() -> None:
    def made(amount: str) -> dict:
        line = ListedLine(1, "BT2024-00001", "甲公司", "9113**", Decimal("5.00"), Decimal(amount))
        return plain_list(number="MD1", version=1, policy="x", title="X", policy_hash="0" * 64, lines=[line])

    content = made("5.00")
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    assert list_hash(content) == hashlib.sha256(text.encode()).hexdigest()
    assert content["total"] == "5.00"
    assert list_hash(made("4.99")) != list_hash(content)
    assert list_hash(json.loads(json.dumps(content))) == list_hash(content)
