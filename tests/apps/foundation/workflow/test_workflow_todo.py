"""What waits for whom, what is late, and at what cost it is found."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.foundation.workflow.conftest import ASKED, FLOW, HOUSE, away, send
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow import selectors, services
from youju.foundation.workflow.models import Case, Step
from youju.foundation.workflow.selectors.choosing import choose_hat
from youju.foundation.workflow.standing_in import hats

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

People = dict[str, Any]
CASES = int(os.environ.get("YOUJU_TODO_CASES", "8"))  # hundreds in the nightly profile


def test_each_sees_what_waits_for_him(people: People) -> None:
    send(people, 1, 2)
    assert [item.subject.key for item in selectors.todo(people["fin"])] == ["1", "2"]
    assert selectors.todo_count(people["fin"]) == 2
    for other in ("pfo", "hed", "stf"):
        assert selectors.todo(people[other]) == []
    (first, _) = selectors.todo(people["fin"])
    assert (first.title, first.state_label, first.url) == ("试验文件", "已提交", "/paper/1/")


def test_late_ones_come_first_in_words(people: People) -> None:
    send(people, 1, 2, 3)
    today = timezone.localdate()
    for key, days in (("1", 30), ("2", -30), ("3", 0)):
        Case.objects.filter(subject_key=key).update(due_on=today + timedelta(days=days))
    items = selectors.todo(people["fin"])
    assert [item.subject.key for item in items] == ["2", "3", "1"]
    assert items[0].late and items[0].when.startswith("已逾期 ")
    assert items[1].when == "今天到期"
    assert [item.tone for item in items] == ["error", "warning", "plain"]
    assert selectors.todo_late_count(people["fin"]) == 1
    assert items[2].when.startswith("还有 ")
    assert [row.subject_key for row in selectors.late()] == ["2"]


def test_the_absent_persons_work_is_on_the_substitutes_list(people: People) -> None:
    send(people, 1)
    away(people, "fin", "stf")
    (item,) = selectors.todo(people["stf"])
    assert item.on_behalf_of == "Fin"
    # The submitter stands in for nobody in reviewing what he submitted himself.
    services.end_absence(actor=people["fin"], absence_id=selectors.absences(user=people["fin"]).get().pk)
    assert selectors.todo(people["stf"]) == []
    away(people, "fin", "pfo")
    assert selectors.todo(people["pfo"]) == []


MOVES = [(flow, step.code) for flow in (FLOW, HOUSE, ASKED) for step in flow.transitions]
NAMES = ("pfo", "fin", "hed", "both", "other", "stf")


@pytest.fixture
def crowd(people: People, make_person: Callable[..., User]) -> People:
    """People of one and of several roles, of two organisations; two are away."""
    people["both"] = make_person("both", Role.PFO, Role.FIN, Role.HED)
    people["other"] = make_person("other", Role.PFO, Role.FIN, organisation="QT")
    away(people, "fin", "both")
    away(people, "hed", "stf")
    return people


@settings(max_examples=CASES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(MOVES), st.sampled_from(NAMES), st.sampled_from((*NAMES, ""))), max_size=25
    )
)
def test_the_list_of_the_database_is_what_the_rules_of_each_step_say(crowd: People, moves: Any) -> None:
    with transaction.atomic():
        for flow in (FLOW, HOUSE, ASKED):
            subject = Subject(flow.code, "1", flow.title)
            services.start(flow=flow, subject=subject, actor=crowd["pfo"], organisation="ZX")
        for (flow, code), who, to in moves:
            subject = Subject(flow.code, "1", flow.title)
            try:
                services.advance(
                    flow=flow, subject=subject, transition=code, actor=crowd[who], reason="改一改"
                )
                if to:
                    services.reassign(subject=subject, actor=crowd[who], to=crowd[to], reason="请你办")
            except (InputError, PermissionDenied):
                continue
        for name in NAMES:
            found = {item.subject.kind: item.on_behalf_of for item in selectors.todo(crowd[name])}
            assert found == expected(crowd[name]), name
            assert selectors.todo_count(crowd[name]) == len(found)
        transaction.set_rollback(True)


def expected(user: User) -> dict[str, str]:
    """For whom the user may take a step ahead with each record, asked of each hat and step one by one."""
    found: dict[str, str] = {}
    for row in Case.objects.filter(finished_at__isnull=True):
        flow = next(each for each in (FLOW, HOUSE, ASKED) if each.code == row.flow)
        steps = list(row.steps.all())
        for hat in reversed(hats(user)):
            ahead = flow.ahead(flow.state(row.state))
            if any(choose_hat((hat,), flow, step, row, steps, user)[0] for step in ahead):
                found[flow.code] = hat.on_behalf_of_name
    return found


def test_ten_thousand_cases_of_which_most_are_barred(people: People, django_assert_num_queries: Any) -> None:
    """The most urgent ones were all submitted by the reader himself; those of a colleague wait behind them."""
    people["fin"].roles = [Role.PFO, Role.FIN]
    people["fin"].save()
    many(10_000, by=lambda number: "fin" if number < 9_990 else "pfo")
    for limit in (5, 200):
        with django_assert_num_queries(2):
            found = selectors.todo(people["fin"], limit=limit)
        assert [item.subject.key for item in found] == [str(9_990 + n) for n in range(min(limit, 10))]
    with django_assert_num_queries(2):
        assert selectors.todo_count(people["fin"]) == 10


def many(count: int, by: Callable[[int], str]) -> None:
    """Submitted papers, each a minute after the one before."""
    begin, today = timezone.now() - timedelta(days=10), timezone.localdate()
    rows = [
        Case(
            subject_kind="test.paper",
            subject_key=str(number),
            label=f"第{number}份文件",
            flow=FLOW.code,
            flow_since=FLOW.since,
            state="submitted",
            waiting_for="targets.review",
            started_by=by(number),
            entered_at=begin + timedelta(minutes=number),
            due_on=today,
        )
        for number in range(count)
    ]
    Case.objects.bulk_create(rows, batch_size=2000)
    Step.objects.bulk_create(
        [
            Step(
                case=row,
                number=1,
                round=1,
                transition="submit",
                from_state="draft",
                to_state="submitted",
                by=row.started_by,
                by_name=row.started_by,
                at=row.entered_at,
                working_days=0,
            )
            for row in rows
        ],
        batch_size=2000,
    )


def test_the_cost_does_not_grow(people: People, make_person: Any, django_assert_num_queries: Any) -> None:
    send(people, *range(1, 30))
    with django_assert_num_queries(2):
        assert len(selectors.todo(people["fin"])) == 29
    nobody = make_person("buy", Role.BUY)  # holds no permission for which a record of any flow waits
    with django_assert_num_queries(1):
        assert selectors.todo(nobody) == []


def test_more_than_a_thousand_is_said_to_be_more(people: People, django_assert_num_queries: Any) -> None:
    many(1_000, by=lambda _: "pfo")
    assert selectors.todo_counts(people["fin"]) == (1_000, 0)
    assert selectors.todo_page(people["fin"]).total_words == "1,000"
    Case.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    send(people, "one-more")
    page = selectors.todo_page(people["fin"], limit=2)
    assert (page.total, page.late) == (1_001, 1_000)
    assert (page.total_words, page.late_words, len(page.items)) == ("1,000 多", "1,000", 2)


def test_the_list_walks_an_index_and_sorts_no_table(people: People) -> None:
    from django.db import connection

    from youju.foundation.workflow.selectors.waiting import statement

    many(3_000, by=lambda _: "pfo")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE workflow_case")
        chosen = statement(hats(people["fin"]), "fin", 5)
        assert chosen is not None
        cursor.execute(f"EXPLAIN {chosen.sql}", chosen.params)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "workflow_case_waiting_first" in plan
    assert "Sort" not in plan
    assert "Seq Scan on workflow_case" not in plan
