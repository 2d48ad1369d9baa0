"""Stored decisions made again: the same, or said how not."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from trade_made_recog import CHARCOAL, DRIED, good, merchant, tariff
from trade_people import as_, person
from youju.foundation.identity.roles import Role
from youju.foundation.policies import law_on
from youju.rules.trade.goods.codec import from_json
from youju.trade.goods import services
from youju.trade.goods.models import Decision
from youju.trade.goods.services import replaying

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored() -> list[Decision]:
    """Three decisions, one of each outcome."""
    tariff()
    party = merchant()
    good(party, "A")
    good(party, "B", hs_code=CHARCOAL, name="木炭", unit="千克")
    good(party, "C", hs_code=DRIED, name="尼龙背包")
    with as_(person(Role.MER)) as actor:
        assert services.recognise_bulk(actor=actor) == {"recognised": 1, "refused": 1, "explain": 1}
    return list(Decision.objects.order_by("pk"))


def spoiled(decision: Decision, **changes: Any) -> Decision:
    """A copy with something changed: decisions themselves can't be."""
    decision.pk = None
    decision._state.adding = True
    for name, value in changes.items():
        setattr(decision, name, value)
    decision.save()
    return decision


def run(**wishes: Any) -> tuple[replaying.Replay, list[replaying.Difference]]:
    state, found = services.replay(**wishes)
    return state, list(found)


def test_every_decision_comes_out_the_same(stored: list[Decision]) -> None:
    state, found = run()
    assert (state.decisions, state.same, state.differences, state.law_changed) == (3, 3, 0, 0)
    assert found == []


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"outcome": "refused"}, "outcome"),
        ({"rule_ids": ["REC-001"]}, "rules"),
        ({"findings": [{"message": "旧的话"}]}, "wording"),
        ({"facts": {"form": 99}}, "unreadable"),
        ({"facts": {}}, "unreadable"),
    ],
)
def test_a_difference_is_named_by_its_kind(
    stored: list[Decision], changes: dict[str, Any], kind: str
) -> None:
    other = spoiled(stored[0], **changes)
    state, (found,) = run()
    assert (found.kind, found.decision, found.good) == (kind, other.pk, "A")
    assert (state.differences, state.kinds) == (1, {kind: 1})


def test_changed_policy_files_are_said_aloud(stored: list[Decision]) -> None:
    spoiled(stored[0], policy_hash="0" * 64)
    state, found = run()
    assert (state.same, state.law_changed, found) == (4, 1, [])
    spoiled(stored[1], policy_hash="0" * 64, outcome="recognised")
    _, (found_one,) = run()
    assert found_one.law_changed


def test_limit_since_and_one(stored: list[Decision]) -> None:
    assert run(limit=2)[0].decisions == 2
    assert run(since=timezone.localdate())[0].decisions == 3
    assert run(since=timezone.localdate() + timezone.timedelta(days=1))[0].decisions == 0
    assert run(decision_id=stored[1].pk)[0].decisions == 1


def test_rows_are_read_in_stretches(stored: list[Decision], monkeypatch: Any) -> None:
    monkeypatch.setattr(replaying, "STRETCH", 2)
    told: list[int] = []
    with CaptureQueriesContext(connection) as seen:
        state, found = services.replay(told=told.append)
        assert list(found) == []
    assert (state.decisions, told, len(seen)) == (3, [2, 3], 3)


def test_the_law_of_the_day_is_asked_for_once(stored: list[Decision]) -> None:
    law_on.cache_clear()
    run()
    assert law_on.cache_info().misses == 1


def test_facts_keep_what_a_decision_saw_when_the_good_changes(stored: list[Decision]) -> None:
    good_row = stored[0].good
    good_row.name = "杂货"
    good_row.save()
    assert from_json(stored[0].facts).good.name == "聚酯纤维女式手提包"
    assert run()[0].differences == 0


def test_the_command_prints_one_json_value_and_exits_by_what_it_found(
    stored: list[Decision], capsysbinary: Any, monkeypatch: Any
) -> None:
    from contextlib import nullcontext

    from typer.testing import CliRunner

    from youju.foundation.database import ready
    from youju.trade.goods.commands import app

    monkeypatch.setattr(ready, "django_ready", lambda **_: nullcontext())
    runner = CliRunner()
    fine = runner.invoke(app, ["replay", "--json"])
    assert fine.exit_code == 0
    assert json.loads(fine.stdout)["same"] == 3
    spoiled(stored[0], policy_hash="0" * 64)
    assert runner.invoke(app, ["replay", "--json"]).exit_code == 0
    assert runner.invoke(app, ["replay", "--json", "--strict"]).exit_code == 1
    spoiled(stored[1], outcome="recognised")
    bad = runner.invoke(app, ["replay", "--json"])
    assert bad.exit_code == 1
    answer = json.loads(bad.stdout)
    assert (answer["kinds"], answer["left_off"], answer["law_changed"]) == ({"outcome": 1}, 0, 1)
    assert "结论不同" in runner.invoke(app, ["replay"]).stdout
