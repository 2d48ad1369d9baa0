"""Scoring a month, once, and replaying it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from credit_made import DAY, MADE, MONTH, Book, only, scored_party, snapshot
from kept import kept
from trade_people import as_, person
from youju.foundation.audit.selectors import history
from youju.foundation.identity.models import Installation
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import resolving
from youju.trade.credit import jobs, selectors, services
from youju.trade.credit.models import Score, Snapshot
from youju.trade.credit.services import snapshots as making
from youju.trade.parties.models import CreditLevel, Party
from youju.trade.parties.selectors import credit_level, credit_levels

BOOK = Book()


@kept
def scored() -> dict[str, int]:
    BOOK.records.clear()
    good, bad = scored_party("甲公司", "MS-1"), scored_party("乙公司", "MS-2")
    new = scored_party("丙公司")
    new.approved_at = datetime(2024, 2, 1, tzinfo=UTC)
    new.save()
    BOOK.told(good, "declarations.released", date(2023, 6, 30), "2023-06", count=40)
    BOOK.told(good, "exemptions.filed", date(2023, 6, 30), "2023-06", count=6)
    BOOK.told(good, "settlement.collected", date(2023, 6, 30), "2023-06", count=9)
    BOOK.told(bad, "disputes.lost", date(2023, 8, 1), "7")
    BOOK.told(bad, "subsidies.duplicate", date(2023, 8, 2), "8")
    BOOK.told(bad, "filing.suspended", date(2024, 1, 1), "later")
    with only(BOOK):
        snapshot()
    return {"good": good.pk, "bad": bad.pk, "new": new.pk}


def test_every_party_on_file_is_scored_and_its_explanation_adds_up(scored: dict[str, int]) -> None:
    rows = {row.party_id: row for row in Score.objects.all()}
    assert set(rows) == {scored["good"], scored["bad"]}
    for row in rows.values():
        assert sum(Decimal(item["points"]) for item in row.items) == row.total
        marks = {f"{each['kind']}:{each['key']}" for each in row.evidence}
        assert {mark for item in row.items for mark in (*item["against"], *item["fitting"])} == marks
    assert (rows[scored["good"]].total, rows[scored["good"]].grade) == (Decimal("100.00"), "A")
    bad = rows[scored["bad"]]
    assert (bad.total, bad.grade) == (Decimal("67.00"), "C")
    assert Snapshot.objects.get().grades == {"A": 1, "B": 0, "C": 1, "D": 0}


def test_what_comes_later_does_not_count(scored: dict[str, int]) -> None:
    row = Score.objects.get(party_id=scored["bad"])
    assert "filing.suspended:later" not in json.dumps(row.evidence)


def test_parties_get_their_level_with_its_history(scored: dict[str, int]) -> None:
    with reaching_all():
        assert credit_levels(scored.values()) == {scored["good"]: "A", scored["bad"]: "C", scored["new"]: ""}
        row = CreditLevel.objects.get(party_id=scored["bad"])
    assert (row.level, row.since, row.basis) == ("C", date(2024, 1, 1), "2023-12 信用得分")
    told = history("parties.party", str(scored["bad"]))
    assert any("写入了信用等级" in each.deed for each in told.lines)


def test_a_month_is_made_once(scored: dict[str, int]) -> None:
    with only(BOOK):
        again = snapshot(at=datetime(2025, 1, 1, tzinfo=UTC))
    assert again.made_at == MADE and Score.objects.count() == 2


def test_a_month_that_is_not_over_is_refused(scored: dict[str, int]) -> None:
    with pytest.raises(InputError, match="还没有结束"):
        services.make_snapshot(month=MONTH, made_at=datetime(2023, 12, 31, tzinfo=UTC))


def test_who_does_not_score_makes_no_snapshot(scored: dict[str, int]) -> None:
    from django.core.exceptions import PermissionDenied

    with as_(person(Role.MER, "MS-9")) as user, pytest.raises(PermissionDenied):
        services.ask_snapshot(actor=user, month=MONTH)


def test_a_score_stays_as_it_was_made(scored: dict[str, int]) -> None:
    with reaching_all(), pytest.raises(IntegrityError), transaction.atomic():
        Score.objects.filter(party_id=scored["bad"]).update(total=99)


def test_a_replay_gives_the_same_score_to_the_last_digit(scored: dict[str, int]) -> None:
    with only(BOOK), reaching_all():
        found = services.replay(month=MONTH)
    assert found.same and (found.scores, found.day) == (2, DAY)


def test_a_replay_tells_what_was_recorded_later_went_or_changed(scored: dict[str, int]) -> None:
    from dataclasses import replace

    after = Book([each for each in BOOK.records if each.key != "7"])
    after.records = [replace(each, outcome="改了") if each.key == "8" else each for each in after.records]
    after.records.append(replace(BOOK.records[0], kind="declarations.rejected", key="99"))
    with only(after), reaching_all():
        found = services.replay(month=MONTH)
    assert not found.same and found.policy_kept and not found.unsound
    told = {each.party_id: each for each in found.differences}
    assert told[scored["good"]].come == ("declarations.rejected:99",)
    assert told[scored["bad"]].gone == ("disputes.lost:7",)
    assert told[scored["bad"]].changed == ("subsidies.duplicate:8",)
    assert "现在没有了 disputes.lost:7" in told[scored["bad"]].told


def test_a_replay_uses_the_policy_that_was_kept_where_its_text_was_changed(
    scored: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    from youju.trade.credit.services import replaying

    class Other:
        hash = "0" * 64

    monkeypatch.setattr(replaying, "policy_on", lambda day: Other)
    with only(BOOK), reaching_all():
        found = services.replay(month=MONTH)
    assert not found.policy_kept and not found.same and found.differences == ()


def test_no_snapshot_no_replay(scored: dict[str, int]) -> None:
    with pytest.raises(InputError, match="没有 2019-01"):
        services.replay(month=date(2019, 1, 1))


def test_each_party_sees_its_own_score_alone(scored: dict[str, int]) -> None:
    with as_(person(Role.MER, "MS-2")) as user:
        assert [row.party_id for row in selectors.own_parties(user)] == [scored["bad"]]
        assert selectors.score_page(user, scored["bad"]).score is not None
        with pytest.raises(InputError) as caught:
            selectors.score_page(user, scored["good"])
        assert caught.value.status == 404
    with as_(person(Role.STF, sections=("XX",))) as user:
        assert list(selectors.scores(user)) == []
    with as_(person(Role.HED)) as user:
        assert selectors.scores(user).count() == 2


def test_a_day_in_between_is_scored_from_the_records(scored: dict[str, int]) -> None:
    with only(BOOK), reaching_all():
        number = Party.objects.get(pk=scored["bad"]).number
        before = selectors.scored_on(date(2023, 7, 31), number=number).score
        after = selectors.scored_on(date(2023, 8, 1), number=number).score
    assert before.total - after.total == Decimal(4 + 8)  # the dispute, and the good standing that it broke
    with pytest.raises(InputError, match="没有参加"):
        selectors.scored_on(date(2023, 8, 1), number="没有")


def test_a_score_asks_as_many_queries_for_any_number_of_parties(
    scored: dict[str, int], django_assert_max_num_queries: object
) -> None:
    with only(BOOK), reaching_all():
        with django_assert_max_num_queries(24):  # type: ignore[operator]
            making.make_snapshot(month=date(2023, 11, 1), made_at=MADE)
        for place in range(60):
            scored_party(f"户{place}")
        with django_assert_max_num_queries(24):  # type: ignore[operator]
            making.make_snapshot(month=date(2023, 10, 1), made_at=MADE)


def test_an_older_month_made_late_leaves_the_level(scored: dict[str, int]) -> None:
    with only(BOOK), reaching_all():
        snapshot(date(2023, 7, 1))
        assert credit_level(scored["bad"]) == "C"


def test_the_policy_of_the_day_scores(scored: dict[str, int]) -> None:
    row = Snapshot.objects.get()
    assert row.policy_hash == services.policy_on(DAY).hash
    assert row.law_hash == resolving.policy_hash()
    assert next(iter(json.loads(row.policy)["items"])) == "filing"
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM credit_score")
        assert cursor.fetchone()[0] == 2


def test_the_month_s_job_leaves_the_demo_alone(scored: dict[str, int]) -> None:
    """Its records end with its year: a month of today would say the same of everybody."""
    months = set(Snapshot.objects.values_list("month", flat=True))
    Installation.objects.update_or_create(defaults={"mode": Installation.Mode.DEMO})
    assert jobs.snapshot() == {"month": "", "parties": 0}
    Installation.objects.update(mode=Installation.Mode.REAL)
    with only(BOOK):
        assert jobs.snapshot()["parties"] == 3
    assert len(set(Snapshot.objects.values_list("month", flat=True)) - months) == 1
