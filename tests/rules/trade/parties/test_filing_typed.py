"""What people type becomes facts: width, spaces, case, labels in place of codes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.trade.parties.good_filings import DAY, LAW
from youju.rules.law import table
from youju.rules.trade.parties.fields import BY_CODE, FIELDS, SECRETS, label_of, required, shown
from youju.rules.trade.parties.roles import PartyRole
from youju.rules.trade.parties.typed import capital_of, chapters_of, read, roles_of, tidied, tidy

WORDS = {
    "tax_kind": table(LAW, "trade.parties.tax_kinds"),
    "buyer_type": table(LAW, "trade.parties.buyer_types"),
}


def test_codes_lose_their_spaces_and_phones_their_signs() -> None:
    assert tidy("credit_code", " ９２１３ 0684ma0exampl5 ") == "92130684MA0EXAMPL5"
    assert tidy("phone", "（0312）123-4567") == "03121234567"
    assert tidy("name", "  红运　箱包\n商行 ") == "红运 箱包 商行"
    assert tidy("scope", "一\n二") == "一\n二"
    assert len(tidy("name", "长" * 500)) == 101


@given(st.sampled_from([field.code for field in FIELDS]), st.text(max_size=60))
def test_tidying_twice_changes_nothing(code: str, text: str) -> None:
    once = tidy(code, text)
    assert tidy(code, once) == once
    assert "\0" not in once


def test_chapters_in_any_writing() -> None:
    assert chapters_of("42、64 4,42；箱包") == ("42", "64", "04", "箱包")


@pytest.mark.parametrize(
    ("text", "amount"),
    [("500", Decimal(500)), ("1,200.5万元", Decimal("1200.5")), ("五百", None), ("-1", None), ("", None)],
)
def test_capital(text: str, amount: Decimal | None) -> None:
    assert capital_of(text) == amount


def test_a_form_becomes_facts() -> None:
    form = tidied(
        {"name": "示例", "tax_kind": "一般纳税人", "registered_capital": "12.50", "chapters": "42", "x": 1}
    )
    facts = read(form, ("agent",), day=DAY, words=WORDS)
    assert (facts.tax_kind, facts.registered_capital, facts.chapters) == (
        "general",
        Decimal("12.50"),
        ("42",),
    )
    # Whoever is no foreign buyer is at home here unless something else was said.
    assert (facts.country, facts.country_name) == ("CN", "中国")
    assert read({}, ("buyer",), day=date(2023, 1, 1), words=WORDS).country == ""


def test_roles_in_their_order() -> None:
    assert roles_of(["agent", "x", "merchant", "agent"]) == ("merchant", "agent")


def test_the_fields_of_several_roles_are_those_of_each() -> None:
    must, may = table(LAW, "trade.parties.required_fields"), table(LAW, "trade.parties.optional_fields")
    both = {field.code for field in required(("merchant", "broker"), must)}
    assert {"stall_number", "customs_code"} <= both
    assert "country" not in {field.code for field in shown(("merchant",), must, may)}
    assert required((), must) == ()


def test_the_policies_name_fields_papers_and_roles_that_exist() -> None:
    roles = {role.value for role in PartyRole}
    for policy in ("required_fields", "optional_fields", "required_papers", "section_of_role"):
        assert set(table(LAW, f"trade.parties.{policy}")) == roles, policy
    for policy in ("required_fields", "optional_fields"):
        for codes in table(LAW, f"trade.parties.{policy}").values():
            assert set(codes) <= set(BY_CODE)  # type: ignore[arg-type]
    kinds = set(table(LAW, "trade.parties.paper_kinds"))
    for codes in table(LAW, "trade.parties.required_papers").values():
        assert set(codes) <= kinds  # type: ignore[arg-type]
    sections = set(table(LAW, "foundation.identity.sections"))
    for codes in table(LAW, "trade.parties.section_of_role").values():
        assert set(codes) <= sections  # type: ignore[arg-type]


def test_the_secrets_and_labels() -> None:
    assert SECRETS == ("resident_id", "passport", "phone")
    assert (label_of("phone"), label_of("papers"), label_of("x")) == ("联系电话", "材料", "x")
    assert all(field.label_en for field in FIELDS)
