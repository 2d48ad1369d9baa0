"""What the rooms tell of the conduct of parties, and what a level does to them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from credit_made import scored_party
from office_made import dispute
from trade_made_changes import party
from trade_people import as_, organisation, person
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.conduct import conduct, conduct_sources, register_conduct
from youju.foundation.kernel.context import reaching_all
from youju.foundation.workflow import selectors as workflow
from youju.foundation.workflow.models import Case, Step
from youju.office.tasks.models import Matter, Task
from youju.rules.trade.credit.effects import effects_of, inspection_share
from youju.rules.trade.credit.kinds import KINDS
from youju.trade.credit.selectors.evidence import evidence
from youju.trade.credit.services import policy_on
from youju.trade.parties import events, services
from youju.trade.parties.models import CreditLevel, Party, Reminder
from youju.trade.parties.selectors import credit_level, level_view
from youju.trade.parties.services import LevelGiven, set_credit_levels

pytestmark = pytest.mark.django_db
SINCE, UNTIL = date(2023, 1, 1), date(2023, 12, 31)


def told(**wanted: object) -> list[tuple[int, date, str]]:
    with reaching_all():
        return sorted((each.party_id, each.day, each.kind) for each in conduct(None, SINCE, UNTIL, **wanted))  # type: ignore[arg-type]


def step(row: Party, code: str, at: datetime) -> None:
    case = Case.objects.get(subject_kind="parties.party", subject_key=str(row.pk))
    number = Step.objects.filter(case=case).count() + 1
    Step.objects.create(
        case=case, number=number, round=1, transition=code, to_state="approved", by="x", by_name="x", at=at, working_days=0
    )  # fmt: skip


def test_every_kind_is_told_by_a_room_and_an_unknown_one_is_refused() -> None:
    assert set().union(*(each.kinds for each in conduct_sources())) == set(KINDS)
    with pytest.raises(ValueError, match="weather"):
        register_conduct("x", "x", {"weather"}, lambda parties, since, until: ())


def test_parties_tell_of_their_steps_and_of_what_ran_out() -> None:
    with reaching_all():
        row = scored_party("甲公司")
        step(row, "approve", datetime(2023, 3, 1, 2, tzinfo=UTC))
        step(row, "suspend", datetime(2023, 12, 31, 15, 59, tzinfo=UTC))
        step(row, "suspend", datetime(2023, 12, 31, 16, 1, tzinfo=UTC))  # already next year in Shanghai
        for day, closed in (
            (date(2023, 5, 1), date(2023, 5, 9)),
            (date(2023, 6, 1), date(2023, 5, 20)),
            (date(2023, 12, 31), None),
        ):
            Reminder.objects.create(
                party=row, kind="filing", due_on=day, made_at=datetime(2023, 4, 1, tzinfo=UTC),
                closed_at=datetime(closed.year, closed.month, closed.day, 4, tzinfo=UTC) if closed else None,
            )  # fmt: skip
    assert told() == [
        (row.pk, date(2023, 3, 1), "filing.approved"),
        (row.pk, date(2023, 5, 2), "filing.lapsed"),
        (row.pk, date(2023, 12, 31), "filing.suspended"),
    ]
    assert told(kinds={"disputes.lost"}) == []


def test_a_dispute_that_was_won_is_told_of_the_other_side_by_its_code() -> None:
    with reaching_all():
        row = scored_party("甲公司", credit_code="91130600MA0000000A")
        merchant = person(Role.MER, "MS-5")
        for code, outcome in (
            ("91130600MA0000000A", "met"),
            (row.number, "met"),
            (row.number, "unmet"),
            ("没有这户", "met"),
        ):
            with as_(merchant):
                task = dispute(merchant, other_code=code)
            with reaching_all():
                Task.objects.filter(pk=task.pk).update(
                    state="accepted",
                    accepted_on=date(2023, 8, 1),
                    done_on=date(2023, 8, 1),
                    done_by="x",
                    accepted_by="y",
                )
                Matter.objects.filter(pk=task.pk).update(outcome=outcome)
        found = evidence(policy_on(UNTIL), UNTIL)
    assert {party: [each.kind for each in records] for party, records in found.items()} == {
        row.pk: ["disputes.lost", "disputes.lost"]
    }


def test_a_level_is_written_once_and_a_later_decision_stands() -> None:
    with reaching_all():
        row = scored_party("甲公司")
        given = {row.pk: LevelGiven("A", Decimal("95.00"))}
        assert set_credit_levels(levels=given, since=date(2024, 1, 1), basis="2023-12 信用得分") == 1
        assert set_credit_levels(levels=given, since=date(2024, 2, 1), basis="2024-01 信用得分") == 0
        lower = {row.pk: LevelGiven("C", Decimal("65.00"))}
        assert set_credit_levels(levels=lower, since=date(2023, 12, 1), basis="补") == 0
        assert set_credit_levels(levels=lower, since=date(2024, 3, 1), basis="2024-02 信用得分") == 1
        row.refresh_from_db()
        view = level_view(row)
        assert (credit_level(row.pk), row.credit_level_since) == ("C", date(2024, 3, 1))
    assert [(each.level, each.since) for each in view.history] == [
        ("C", date(2024, 3, 1)),
        ("A", date(2024, 1, 1)),
    ]
    assert [each.helps for each in view.effects] == [False, False, False]
    with as_(person(Role.MER, "OTHER")):
        assert not CreditLevel.objects.exists()


@pytest.mark.parametrize(("level", "sooner"), [("A", True), ("B", True), ("C", False), ("", False)])
def test_a_change_of_a_good_party_is_decided_sooner(level: str, sooner: bool) -> None:
    with reaching_all():
        merchant = person(Role.MER, "MS-1")
        row = party(organisation=organisation("MS-1"), credit_level=level)
        usual = party("乙公司", organisation=organisation("MS-1"))
    with as_(merchant) as user:
        due = []
        for each in (row, usual):
            change = services.request_change(
                actor=user,
                party_id=each.pk,
                values={"address": "新地址 1 号"},
                reason="搬家",
                expected=each.revision,
            )
            case = workflow.case(events.change_subject(change))
            assert case is not None and case.due_on is not None
            due.append(case.due_on)
    assert (due[0] < due[1]) is sooner


def test_the_effects_of_a_level_in_words_and_numbers() -> None:
    from youju.foundation.policies import law_on

    law = law_on(timezone.localdate() - timedelta(days=0))
    assert [inspection_share(level, law) for level in ("A", "", "D")] == [
        Decimal("0.01"),
        Decimal("0.03"),
        Decimal("0.2"),
    ]
    assert [each.text for each in effects_of("A", law)] == [
        "抽查比例 1%（一般 3%）",
        "变更和续期 1 个工作日内办结",
        "政策规定预拨的，可以先付一部分",
    ]
