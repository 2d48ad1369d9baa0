"""The word for how far a passage may be relied on."""

from __future__ import annotations

import pytest

from youju.foundation.policies import load
from youju.foundation.policies.standing import kind_of, standing


@pytest.mark.parametrize(
    ("kind", "verified", "word"),
    [
        ("regulation", True, "已核原文"),
        ("form", False, "待核原文"),
        ("house", True, "本单位规定"),
        ("house", False, "待本单位确认"),
    ],
)
def test_a_house_rule_has_words_of_its_own(kind: str, verified: bool, word: str) -> None:
    assert standing(kind, verified) == word


def test_a_reference_is_of_the_kind_of_its_source() -> None:
    assert kind_of(load(), "house#wording") == "house"
    assert kind_of(load(), "mof-2015-88") == load().sources["mof-2015-88"].kind
    assert kind_of(load(), "nowhere#1") == ""
