"""Each rule of a filing is silent the day before it is in force and speaks on its first day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from rules.trade.parties.good_filings import AGENT, BUYER, LAW, MERCHANT, rules_of
from youju.rules.families import every_rule
from youju.rules.law import Law
from youju.rules.registry import Rule
from youju.rules.trade.parties.facts import FilingFacts, PaperFacts

RULES = [rule for rule in every_rule() if rule.id.startswith("PTY-0")]
FIRST = date(2020, 1, 1)


def paper(first: date | None, last: date | None) -> FilingFacts:
    return replace(MERCHANT, day=FIRST, papers=(PaperFacts("stall_lease", 1, "", first, last),))


SPOILED: dict[str, FilingFacts] = {
    "PTY-001": replace(MERCHANT, address=""),
    "PTY-002": replace(MERCHANT, roles=()),
    "PTY-003": replace(MERCHANT, region="长" * 101),
    "PTY-004": replace(AGENT, tax_kind="x"),
    "PTY-005": replace(MERCHANT, credit_code="1"),
    "PTY-006": replace(MERCHANT, already_filed=True),
    "PTY-007": replace(AGENT, customs_code="1"),
    "PTY-008": replace(AGENT, tax_id="1"),
    "PTY-009": replace(AGENT, tax_id="130684198001010"),
    "PTY-010": replace(MERCHANT, resident_id="1"),
    "PTY-011": replace(BUYER, passport="1"),
    "PTY-012": replace(MERCHANT, phone="1"),
    "PTY-013": replace(MERCHANT, email="1"),
    "PTY-014": replace(MERCHANT, day=date(1990, 1, 1)),
    "PTY-015": replace(MERCHANT, name="1"),
    "PTY-016": replace(AGENT, name_en="一"),
    "PTY-017": replace(BUYER, country_name=""),
    "PTY-018": replace(BUYER, country="CN", country_name="中国"),
    "PTY-019": replace(MERCHANT, stall="unknown"),
    "PTY-020": replace(MERCHANT, stall="taken"),
    "PTY-021": replace(AGENT, registered_capital=None),
    "PTY-022": replace(MERCHANT, chapters=("99",)),
    "PTY-023": replace(MERCHANT, valid_from=FIRST, valid_to=date(2024, 1, 1)),
    "PTY-024": replace(MERCHANT, papers=()),
    "PTY-025": paper(None, None),
    "PTY-026": paper(None, date(2019, 12, 30)),
    "PTY-027": paper(None, date(2020, 1, 2)),
}


def test_every_rule_has_a_spoiled_filing_of_its_own() -> None:
    assert sorted(SPOILED) == [rule.id for rule in RULES]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_is_silent_the_day_before_and_speaks_on_its_first_day(rule: Rule) -> None:
    def on(day: date) -> set[str]:
        law = Law(dict(LAW), as_of=day, hash=LAW.hash)
        return rules_of(SPOILED[rule.id], law)

    assert rule.id not in on(rule.since - timedelta(days=1))
    assert rule.id in on(rule.since)
