"""The demo's numbers: right by an independent library, each given once, invented at sight."""

from __future__ import annotations

from datetime import date

import pytest
from stdnum.cn import ric, uscc

from youju.trade.parties.demo import numbers

SOME = [*range(300), 999, 1_000, 15_999, 16_000, 250_000, 1_000_000, 15_999_999]


@pytest.mark.parametrize("individual", [True, False])
def test_credit_codes_are_valid_and_begin_with_dem(individual: bool) -> None:
    made = [numbers.credit_code(number, individual=individual) for number in SOME]
    assert all(uscc.is_valid(code) for code in made)
    assert {code[1] for code in made} == {"2" if individual else "1"}
    assert {code[8:11] for code in made} == {"DEM"}
    assert len(set(made)) == len(SOME)


def test_the_body_of_a_credit_code_has_its_own_check_character() -> None:
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    for number in SOME:
        body = numbers.credit_code(number)[8:17]
        rest = 11 - sum(int(sign, 36) * weight for sign, weight in zip(body, weights, strict=False)) % 11
        assert body[8] == {10: "X", 11: "0"}.get(rest, str(rest))


def test_resident_ids_are_valid_of_grown_ups_and_of_no_county() -> None:
    made = [numbers.resident_id(number) for number in SOME]
    assert all(ric.is_valid(each) for each in made)
    assert {each[:6] for each in made} == {"130000"}
    assert max(ric.get_birth_date(each) for each in made) < date(2002, 1, 1)
    assert min(ric.get_birth_date(each) for each in made) >= date(1958, 1, 1)


def test_no_resident_id_is_given_twice() -> None:
    assert len({numbers.resident_id(number) for number in range(120_000)}) == 120_000


def test_some_resident_ids_end_in_x() -> None:
    assert any(numbers.resident_id(number).endswith("X") for number in range(100))


def test_phones_are_of_a_prefix_that_nobody_has() -> None:
    made = [numbers.mobile(number) for number in SOME]
    assert all(len(each) == 11 and each.startswith("154") for each in made)
    assert len(set(made)) == len(SOME)


def test_passports_customs_codes_and_phones_abroad_are_given_once() -> None:
    for make in (numbers.passport, numbers.customs_code, lambda number: numbers.foreign_phone("7", number)):
        assert len({make(number) for number in range(20_000)}) == 20_000
    assert numbers.foreign_phone("971", 12) == "+971555000012"
    assert len(numbers.customs_code(12)) == 10
