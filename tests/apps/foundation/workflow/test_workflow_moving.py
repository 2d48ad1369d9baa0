"""Moving a record on: by whom it may be done, in which order, and what is kept of it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import InternalError, ProgrammingError, connection, transaction
from django.utils import timezone

from apps.foundation.workflow.conftest import FLOW, paper
from youju.foundation.audit import selectors as audit
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow import selectors, services

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

People = dict[str, Any]


def go(people: People, *steps: tuple[str, str], key: object = 1) -> None:
    for transition, who in steps:
        services.advance(
            flow=FLOW, subject=paper(key), transition=transition, actor=people[who], reason="改一改"
        )


@pytest.fixture
def started(people: People) -> People:
    services.start(flow=FLOW, subject=paper(), actor=people["pfo"], organisation="ZX")
    return people


def test_the_whole_way_is_logged_and_audited(started: People) -> None:
    go(started, ("submit", "pfo"), ("review", "fin"), ("approve", "hed"))
    seen = selectors.case(paper())
    assert seen is not None
    assert (seen.state, seen.finished, seen.due_on) == ("approved", True, None)
    log = selectors.log_of(paper())
    assert [(step.label, step.by) for step in log] == [
        ("发起", "pfo"),
        ("提交", "pfo"),
        ("审核", "fin"),
        ("批准", "hed"),
    ]
    assert log[2].within_limit is True
    sentences = [line.sentence for line in audit.history("test.paper", "1").lines]
    assert sentences == [
        "Hed批准了第1份文件",
        "Fin审核了第1份文件",
        "Pfo提交了第1份文件",
        "Pfo发起了第1份文件",
    ]
    assert [each.status for each in selectors.milestones(paper())] == ["done", "done", "done", "now"]


def test_a_step_without_the_permission_is_refused_and_changes_nothing(started: People) -> None:
    with pytest.raises(PermissionDenied, match="提交绩效目标"):
        go(started, ("submit", "fin"))
    assert selectors.case(paper()).state == "draft"
    assert len(selectors.log_of(paper())) == 1


def test_a_step_that_does_not_lead_on_tells_who_was_there_before(started: People) -> None:
    go(started, ("submit", "pfo"))
    with pytest.raises(InputError, match=r"已提交”（Pfo于 .* 办理），不能提交") as told:
        go(started, ("submit", "pfo"))
    assert told.value.status == 409
    with pytest.raises(InputError, match="没有“fly”"):
        go(started, ("fly", "pfo"))


def test_what_the_user_saw_must_still_hold(started: People) -> None:
    with pytest.raises(InputError, match="现在的状态是“草稿”"):
        services.advance(
            flow=FLOW, subject=paper(), transition="submit", actor=started["pfo"], expected="reviewed"
        )


def test_a_return_needs_a_reason_and_opens_a_new_round(started: People) -> None:
    go(started, ("submit", "pfo"))
    with pytest.raises(InputError, match="退回须写明理由"):
        services.advance(flow=FLOW, subject=paper(), transition="return", actor=started["fin"], reason="  ")
    go(started, ("return", "fin"), ("submit", "pfo"), ("review", "fin"))
    assert selectors.case(paper()).state == "reviewed"


def test_two_person_control_holds_within_a_round(started: People, make_person: Callable[..., User]) -> None:
    started["both"] = make_person("both", Role.PFO, Role.FIN, Role.HED)
    go(started, ("submit", "both"))
    with pytest.raises(PermissionDenied, match="“提交”与“审核”须由不同的人办理"):
        go(started, ("review", "both"))
    go(started, ("review", "fin"))
    with pytest.raises(PermissionDenied, match="须由不同的人办理"):
        go(started, ("approve", "both"))
    # Returned and submitted by another person: the new round asks anew.
    go(started, ("return", "fin"), ("submit", "pfo"), ("review", "both"))


def test_only_who_submitted_may_withdraw(started: People, make_person: Callable[..., User]) -> None:
    started["other"] = make_person("other", Role.PFO)
    go(started, ("submit", "pfo"))
    with pytest.raises(PermissionDenied, match="只有办理“提交”的人可以撤回"):
        go(started, ("withdraw", "other"))
    go(started, ("withdraw", "pfo"))
    assert selectors.case(paper()).state == "draft"


def test_a_substitute_acts_for_the_absent_and_with_nothing_more(started: People) -> None:
    today = timezone.localdate()
    go(started, ("submit", "pfo"))
    with pytest.raises(PermissionDenied):
        go(started, ("review", "stf"))
    services.set_absence(
        actor=started["fin"], user=started["fin"], substitute=started["stf"], first=today, last=today
    )
    go(started, ("review", "stf"))
    last = selectors.log_of(paper())[-1]
    assert (last.by, last.on_behalf_of) == ("stf", "fin")
    assert "（代 fin）" in audit.history("test.paper", "1").lines[0].sentence
    with pytest.raises(PermissionDenied):
        go(started, ("approve", "stf"))


def test_two_person_control_counts_the_substitute_and_the_absent(started: People) -> None:
    today = timezone.localdate()
    go(started, ("submit", "pfo"))
    services.set_absence(
        actor=started["fin"], user=started["fin"], substitute=started["pfo"], first=today, last=today
    )
    with pytest.raises(PermissionDenied, match="须由不同的人办理"):
        go(started, ("review", "pfo"))  # the submitter does not become the reviewer by standing in
    services.end_absence(actor=started["fin"], absence_id=selectors.absences(user=started["fin"]).get().pk)
    go(started, ("review", "fin"))
    services.set_absence(
        actor=started["hed"], user=started["hed"], substitute=started["fin"], first=today, last=today
    )
    with pytest.raises(PermissionDenied, match="须由不同的人办理"):
        go(started, ("approve", "fin"))


def test_a_record_is_started_once(started: People) -> None:
    with pytest.raises(InputError, match="已经在办理中"):
        services.start(flow=FLOW, subject=paper(), actor=started["pfo"])


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_wins(people: People) -> None:
    services.start(flow=FLOW, subject=paper(), actor=people["pfo"])
    go(people, ("submit", "pfo"))
    ready = threading.Barrier(2)
    outcomes: list[str] = []

    def act(transition: str) -> None:
        ready.wait(timeout=10)
        try:
            services.advance(
                flow=FLOW,
                subject=paper(),
                transition=transition,
                actor=people["fin"],
                reason="x",
                expected="submitted",
            )
            outcomes.append("done")
        except InputError as error:
            outcomes.append(str(error.status))
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=(step,)) for step in ("review", "return")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["409", "done"]
    assert len(selectors.log_of(paper())) == 3


def test_the_log_cannot_be_changed(started: People) -> None:
    for statement in ("UPDATE workflow_step SET by = 'x'", "DELETE FROM workflow_step"):
        refused = pytest.raises((ProgrammingError, InternalError), match="append-only")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
