"""The contradiction check on generated reports: 40 planted errors among 400 figures."""

from __future__ import annotations

from datetime import date

import pytest

from reports_made import YEAR, facts, write
from youju.foundation.policies import law_on
from youju.rules.performance.report_checks.checking import check_report
from youju.rules.performance.report_checks.facts import Outcome

DAY = date(2024, 1, 20)
ERRORS, FALSE_MOST, FIGURES_LEAST = 40, 2, 380


@pytest.mark.parametrize("seed", [7, 23])
def test_all_planted_errors_are_found_and_at_most_two_right_figures_are_blamed(seed: int) -> None:
    passages, planted, _ = write(seed)
    verdicts = check_report(passages, facts(), law_on(DAY), day=DAY, year=YEAR)
    marked = {(each.passage, each.figure.start) for each in verdicts if each.outcome is Outcome.DISAGREES}

    assert len(planted) == ERRORS
    assert len(verdicts) >= FIGURES_LEAST
    missed = {place: what for place, what in planted.items() if place not in marked}
    assert missed == {}
    assert len(marked - set(planted)) <= FALSE_MOST
