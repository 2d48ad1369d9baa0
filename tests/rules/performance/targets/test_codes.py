"""Project codes: the check character of all twelve published codes, and what the check catches."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from youju.performance.targets.demo import document
from youju.rules.performance.targets.codes import ALPHABET, ProjectCode, check_character, is_checked

CODES = [project.code for project in document().projects]
FIRST20 = st.text(ALPHABET, min_size=20, max_size=20)


def test_twelve_of_twelve_published_codes_carry_their_check_character() -> None:
    assert len(CODES) == 12
    assert [code for code in CODES if is_checked(code)] == CODES


def test_a_code_is_taken_apart() -> None:
    assert ProjectCode.parse("13060523P00456310001Q") == ProjectCode(
        region="130605", year=2023, kind="P", serial="004563", fixed="1", sequence="0001", check="Q"
    )


@pytest.mark.parametrize(
    "code", ["", "13060523P00456310001", "13060523P00456310001QX", "1306O523P00456310001Q"]
)
def test_another_shape_is_refused_in_chinese(code: str) -> None:
    with pytest.raises(ValueError, match="项目编码"):
        ProjectCode.parse(code)
    assert not is_checked(code)


@pytest.mark.parametrize(
    ("first20", "said"), [("1" * 19, "20 位"), ("I" * 20, "第 1 位"), ("1" * 19 + "Z", "第 20 位")]
)
def test_what_cannot_be_checked_is_said_in_chinese(first20: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        check_character(first20)


@settings(deadline=None)
@given(FIRST20)
def test_a_check_character_closes_its_code(first20: str) -> None:
    assert is_checked(first20 + check_character(first20))


@settings(deadline=None)
@given(FIRST20, st.integers(0, 20), st.sampled_from(ALPHABET))
def test_any_one_character_mistyped_is_caught(first20: str, place: int, typed: str) -> None:
    code = first20 + check_character(first20)
    mistyped = code[:place] + typed + code[place + 1 :]
    assert is_checked(mistyped) == (mistyped == code)


@settings(deadline=None)
@given(FIRST20, st.integers(0, 18))
def test_any_two_neighbours_exchanged_are_caught(first20: str, place: int) -> None:
    code = first20 + check_character(first20)
    exchanged = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert is_checked(exchanged) == (exchanged == code)
