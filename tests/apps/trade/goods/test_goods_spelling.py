"""How a name is found again: initials with several readings, and the pieces that an index holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from youju.trade.goods import spelling
from youju.trade.goods.imports.catalogue import elements_in
from youju.trade.goods.imports.kinds import elements_of

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("手提包", "stb"), ("银行", "yh"), ("PVC 手提包", "pvcstb"), ("", ""), ("（）", "")],
)
def test_the_first_spelling_reads_words_as_words(name: str, expected: str) -> None:
    assert spelling.initials(name).split(" ")[0] == expected


def test_other_readings_are_kept() -> None:
    assert {"zx", "cx"} <= set(spelling.initials("重型").split())


@given(HAN, st.data())
def test_what_contains_a_word_contains_all_pieces_of_the_word(name: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(name) - 1))
    word = name[start : data.draw(st.integers(start + 1, len(name)))]
    held = set(spelling.grams(name, spelling.initials(name)))
    assert set(spelling.wanted(word)) <= held
    for spelled in spelling.initials(name).split():
        if len(spelled) == len(name):
            assert set(spelling.wanted(spelled[start : start + len(word)])) <= held


def test_a_cell_of_elements_is_taken_apart() -> None:
    assert elements_of("1:品名;2：品牌类型；3、材质（皮革、塑料）\n材质（皮革、塑料）") == (
        "品名",
        "品牌类型",
        "材质（皮革、塑料）",
    )
    assert elements_of("") == ()
    with pytest.raises(ValueError, match="太长"):
        elements_of("材" * 61)


def test_declared_elements_are_taken_apart() -> None:
    assert elements_in("材质=皮革；种类＝手提包;;") == {"材质": "皮革", "种类": "手提包"}
    with pytest.raises(ValueError, match="没有等号"):
        elements_in("皮革")
