"""Which project serves which sub-goal, and findings under changed policies."""

from __future__ import annotations

from typing import Any

import pytest

from targets_stored import LAWYER, imported, with_project
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import policy_hash
from youju.performance.targets import demo, facts, models, selectors, services
from youju.rules.performance.targets.facts import TargetDocument

pytestmark = pytest.mark.django_db


def test_assigning_a_project_clears_the_finding(officer: Any, demo_set: Any) -> None:
    assert demo_set.findings.filter(rule="TGT-032").count() == 1
    services.assign_subgoals(actor=officer, target_set_id=demo_set.pk, serves={LAWYER: [3, 4]})
    assert facts.serves(demo_set)[LAWYER] == (3, 4)
    assert facts.serves(demo_set)["13060523P004544100010"] == (4,)
    assert demo_set.findings.filter(rule="TGT-032").count() == 0


def test_taking_the_last_project_away_makes_the_finding(officer: Any, demo_set: Any) -> None:
    first = [code for code, goals in demo.serves().items() if 1 in goals]
    services.assign_subgoals(actor=officer, target_set_id=demo_set.pk, serves={code: [] for code in first})
    found = demo_set.findings.filter(rule="TGT-032")
    assert len(found) == 2
    assert demo_set.subgoals.filter(served_by=None).count() == 2


@pytest.mark.parametrize("serves", [{"13060523P0NOBODY": [1]}, {LAWYER: [5]}, {LAWYER: [0]}])
def test_an_unknown_project_or_subgoal_changes_nothing(
    officer: Any, demo_set: Any, serves: dict[str, list[int]]
) -> None:
    with pytest.raises(InputError, match="没有"):
        services.assign_subgoals(actor=officer, target_set_id=demo_set.pk, serves=serves)
    assert facts.serves(demo_set) == demo.serves()


def test_a_replaced_version_cannot_be_edited(officer: Any, demo_set: Any, document: TargetDocument) -> None:
    imported(officer, with_project(document, LAWYER, budget="6.00"))
    with pytest.raises(InputError, match="已有新版本") as refused:
        services.assign_subgoals(actor=officer, target_set_id=demo_set.pk, serves={LAWYER: [1]})
    assert refused.value.status == 409


def test_findings_keep_the_law_they_were_made_under(demo_set: Any) -> None:
    finding = demo_set.findings.first()
    assert finding.policy_hash == policy_hash()
    assert finding.as_of.isoformat() == "2023-01-01"
    assert not selectors.is_stale(demo_set)


def test_findings_of_an_older_policy_are_known_and_made_anew(officer: Any, demo_set: Any) -> None:
    models.TargetSet.objects.update(linted_policy_hash="0" * 64)
    overview = selectors.overview(year=2023)
    assert overview is not None
    assert overview.stale
    demo_set.findings.all().delete()
    assert services.relint_stale() == 1
    assert services.relint_stale() == 0
    demo_set.refresh_from_db()
    assert not selectors.is_stale(demo_set)
    assert demo_set.findings.filter(rule="TGT-007").count() == 36
    assert services.relint(actor=officer, target_set_id=demo_set.pk) == demo_set
