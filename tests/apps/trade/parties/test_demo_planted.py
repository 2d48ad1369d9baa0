"""What ``demo/trade/planted.yaml`` says of parties is so, and nothing of the kind is so by accident."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from trade_made_demo import SMALL, TODAY, WHOLE
from youju.rules.trade.parties.roles import PartyRole
from youju.trade.parties.demo.making import MadeParty, parties
from youju.trade.parties.demo.planting import planted
from youju.trade.parties.demo.tables import authored

ODDITIES = authored("planted")["parties"]


@pytest.fixture(scope="module")
def made() -> dict[tuple[str, int], MadeParty]:
    """The whole demo by role and ordinal."""
    return {(each.role.value, each.ordinal): each for each in parties(WHOLE)}


def _number(party: MadeParty, kind: str) -> str:
    return next(number for found, _, number in party.identifiers if found == kind)


@pytest.mark.parametrize("oddity", ODDITIES, ids=lambda each: each["id"])
def test_it_is_planted(oddity: dict[str, Any], made: dict[tuple[str, int], MadeParty]) -> None:
    found = [made[oddity["role"], ordinal] for ordinal in oddity["ordinals"]]
    for kind in oddity["share"]:
        assert len({_number(each, kind) for each in found}) == 1
    for name, value in oddity.get("values", {}).items():
        assert {each.values[name] for each in found} == {value}
    for ordinal, values in oddity.get("each", {}).items():
        assert made[oddity["role"], ordinal].values.items() >= values.items()
    for kind in oddity.get("papers", ()):
        assert all(until < TODAY for each in found for paper, _, until in each.papers if paper == kind)
        assert all(kind in {paper for paper, _, _ in each.papers} for each in found)
    codes = [each.values["credit_code"] for each in found if each.values.get("credit_code")]
    assert len(set(codes)) == len(codes)
    assert all(each.values["state"] != "cancelled" for each in found)


@pytest.mark.parametrize("kind", ["phone", "resident_id", "passport"])
def test_no_other_number_is_shared(kind: str, made: dict[tuple[str, int], MadeParty]) -> None:
    count = Counter(
        number for each in made.values() for found, _, number in each.identifiers if found == kind
    )
    shared = sum(times for times in count.values() if times > 1)
    assert shared == sum(len(each["ordinals"]) for each in ODDITIES if kind in each["share"])


def test_every_other_paper_is_good(made: dict[tuple[str, int], MadeParty]) -> None:
    expired = {
        (each.role.value, each.ordinal)
        for each in made.values()
        for _, _, until in each.papers
        if until is not None and until < TODAY
    }
    assert expired == {
        (each["role"], ordinal) for each in ODDITIES if each.get("papers") for ordinal in each["ordinals"]
    }


def test_a_small_demo_plants_what_it_has_room_for() -> None:
    ids = {each["id"] for each in planted(SMALL)}
    assert {"PD-01", "PD-04", "PD-06", "PD-08", "PD-10"} <= ids
    assert "PD-02" not in ids
    found = {each.ordinal: each for each in parties(SMALL) if each.role is PartyRole.MERCHANT}
    assert _number(found[3], "phone") == _number(found[18], "phone")


def test_ids_are_given_once() -> None:
    ids = [each["id"] for part in ("parties", "goods") for each in authored("planted")[part]]
    assert len(ids) == len(set(ids))
