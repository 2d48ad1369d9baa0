"""Candidates and hits over many claims: planted ones are found, strangers are not, nothing passes in silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from claims_planted import planted
from claims_quality import quality
from youju.analytics.matching import Work, duplicates
from youju.foundation.policies import law_on
from youju.rules.funds.duplicates.facts import Claim, Line
from youju.rules.law import whole

DAY = date(2024, 12, 1)
LAW = law_on(DAY)
MOST = whole(LAW, "funds.duplicates.block_most")


def claims(count: int) -> list[Claim]:
    return [
        Claim(id=f"A{number:04d}", party=f"P{number}", policy="p", period="2023", name="")
        for number in range(count)
    ]


def test_recall_and_precision_on_claims_of_a_seed_that_the_weights_were_not_set_on() -> None:
    made, work = planted(2024, 4_000), Work()
    found = {(hit.first, hit.second) for hit in duplicates(made.claims, LAW, DAY, work=work)}
    got = quality(made.truth, found)
    assert got.hard >= 0.99, got
    assert got.fuzzy >= 0.9, got
    assert got.precision >= 0.95, got
    assert work.claims == len(made.claims)
    assert work.pairs < 20 * work.claims, "pairs grow with the claims, not with their square"


def test_nothing_among_nothing() -> None:
    assert list(duplicates([], LAW, DAY)) == []
    assert list(duplicates(claims(3), LAW, DAY)) == []


def test_a_line_that_too_many_claim_is_joined_with_its_earliest_claim() -> None:
    many = [replace(claim, lines=(Line("D1", 1),)) for claim in claims(MOST + 5)]
    work = Work()
    hits = list(duplicates(many, LAW, DAY, work=work))
    assert {hit.first for hit in hits} == {"A0000"}
    assert len(hits) == MOST + 4
    assert work.crowded == {"line": (1, MOST + 5)}


def test_a_phone_that_too_many_hold_is_told_and_not_compared() -> None:
    many = [replace(claim, phones=("13800001112",)) for claim in claims(MOST + 1)]
    work = Work()
    assert list(duplicates(many, LAW, DAY, work=work)) == []
    assert work.crowded == {"phone": (1, MOST + 1)}


def test_the_order_of_the_claims_does_not_matter() -> None:
    made = planted(5, 800)
    forwards = set(duplicates(made.claims, LAW, DAY))
    assert forwards == set(duplicates(made.claims[::-1], LAW, DAY))
