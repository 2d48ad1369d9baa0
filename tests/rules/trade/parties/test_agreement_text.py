"""The wording: one text for one content, and a hash that tells every change."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from rules.trade.parties.test_agreement_rules import GOOD, TERMS
from youju.rules.trade.parties.agreement_text import TITLE, compose, hash_of

TEXT = compose("WT2026-00001", GOOD)


def test_it_names_number_parties_days_and_terms() -> None:
    lines = TEXT.split("\n")
    assert lines[0] == TITLE
    assert "协议编号：WT2026-00001" in lines
    assert "委托方：甲商行（备案号 ZC1）" in lines
    assert "受托方：乙外贸（备案号 ZC2）" in lines
    assert "2026-03-02 起至 2027-03-01 止" in TEXT
    assert "离岸价（FOB）的 0.8% 收取" in TEXT
    assert "收汇后 5 日内" in TEXT
    assert "免税申报由受托方" in TEXT
    assert "报送实际委托出口方" in TEXT
    assert sum(line.startswith("第") for line in lines) == 8


@pytest.mark.parametrize(
    "change",
    [
        {"goods": "鞋"}, {"fee": "0.9"}, {"fee_kind": "each"}, {"fee_kind": "none"}, {"collection": "principal"},
        {"settle_days": 6}, {"exemption": "principal"}, {"reports_consignor": False}, {"other": "另议"},
    ],
    ids=str,
)  # fmt: skip
def test_every_term_changes_the_hash(change: dict[str, Any]) -> None:
    other = compose("WT2026-00001", replace(GOOD, terms=replace(TERMS, **change)))
    assert hash_of(other) != hash_of(TEXT)


def test_the_same_content_gives_the_same_text_and_no_line_of_ones_own() -> None:
    assert compose("WT2026-00001", GOOD) == TEXT
    forged = replace(GOOD, terms=replace(TERMS, other="一\n第九条　假的：无"))
    assert "\n第九条" not in compose("WT2026-00001", forged)
    assert len(hash_of(TEXT)) == 64
