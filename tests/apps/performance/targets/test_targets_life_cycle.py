"""The life cycle on the stored version: each step, who may take it, what refuses it, what it leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from targets_stored import rows_stored
from youju.foundation.audit import selectors as audit
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow import selectors as workflow
from youju.performance.targets import models, selectors, services
from youju.performance.targets.events import set_subject

pytestmark = pytest.mark.django_db
WAY = (
    ("submit", "PFO", "submitted"),
    ("review", "FIN", "reviewed"),
    ("approve", "HED", "approved"),
    ("publish", "PFO", "published"),
)


def walk(target_set: Any, people: dict[str, Any], upto: str = "published") -> Any:
    """Take a draft along the usual way up to a state."""
    for transition, role, state in WAY:
        services.take_step(actor=people[role], target_set_id=target_set.pk, transition=transition)
        if state == upto:
            break
    target_set.refresh_from_db()
    return target_set


def test_a_draft_goes_all_the_way(clean_set: Any, three: dict[str, Any]) -> None:
    assert (clean_set.state, clean_set.is_active) == ("draft", True)
    for transition, role, state in WAY:
        moved = services.take_step(actor=three[role], target_set_id=clean_set.pk, transition=transition)
        case = workflow.case(set_subject(moved))
        assert case is not None
        assert (moved.state, case.state) == (state, state)
    log = workflow.log_of(set_subject(clean_set))
    assert [step.label for step in log] == ["发起", "提交", "审核通过", "批准", "公开"]
    history = audit.history("targets.set", str(clean_set.pk))
    assert [line.deed for line in history.lines[:4]] == ["公开了", "批准了", "审核通过了", "提交了"]


def test_each_step_waits_for_the_right_person(clean_set: Any, three: dict[str, Any]) -> None:
    for transition, role, _ in WAY:
        waiting = {name: len(workflow.todo(person)) for name, person in three.items()}
        assert waiting == {name: int(name == role) for name in three}
        services.take_step(actor=three[role], target_set_id=clean_set.pk, transition=transition)
    assert not any(workflow.todo(person) for person in three.values())


@pytest.mark.parametrize("role", ["PFO", "FIN", "HED", "STF", "AUD"])
@pytest.mark.parametrize("place", range(4))
def test_nobody_else_takes_a_step(
    clean_set: Any, three: dict[str, Any], make_user: Callable[..., Any], role: str, place: int
) -> None:
    transition, holder, _ = WAY[place]
    if place:
        walk(clean_set, three, WAY[place - 1][2])
    if role == holder:
        return
    with pytest.raises(PermissionDenied, match="权限"):
        services.take_step(
            actor=make_user(role, name="somebody"), target_set_id=clean_set.pk, transition=transition
        )


def test_one_person_with_every_role_cannot_do_it_alone(clean_set: Any, make_user: Callable[..., Any]) -> None:
    alone = make_user("PFO", "FIN", "HED", name="alone")
    services.take_step(actor=alone, target_set_id=clean_set.pk, transition="submit")
    with pytest.raises(PermissionDenied, match="不同的人"):
        services.take_step(actor=alone, target_set_id=clean_set.pk, transition="review")
    services.take_step(actor=make_user("FIN", name="fin2"), target_set_id=clean_set.pk, transition="review")
    with pytest.raises(PermissionDenied, match="不同的人"):
        services.take_step(actor=alone, target_set_id=clean_set.pk, transition="approve")


def test_a_draft_with_errors_is_not_submitted(officer: Any, demo_set: Any) -> None:
    with pytest.raises(InputError, match=r"37 条错误没有改正；157 条警告没有答复") as refused:
        services.take_step(actor=officer, target_set_id=demo_set.pk, transition="submit")
    assert refused.value.status == 409
    demo_set.refresh_from_db()
    assert demo_set.state == "draft"
    assert workflow.case(set_subject(demo_set)) is None


@pytest.mark.parametrize(
    ("upto", "transition", "role"),
    [
        ("submitted", "return_submitted", "FIN"),
        ("reviewed", "return_reviewed", "HED"),
        ("approved", "return_approved", "HED"),
        ("submitted", "withdraw", "PFO"),
        ("reviewed", "withdraw", "PFO"),
    ],
)
def test_back_to_the_draft_with_a_reason(
    clean_set: Any, three: dict[str, Any], upto: str, transition: str, role: str
) -> None:
    walk(clean_set, three, upto)
    with pytest.raises(InputError, match="理由"):
        services.take_step(actor=three[role], target_set_id=clean_set.pk, transition=transition, reason=" ")
    back = services.take_step(
        actor=three[role], target_set_id=clean_set.pk, transition=transition, reason="数量要核实"
    )
    assert back.state == "draft"
    assert workflow.log_of(set_subject(back))[-1].reason == "数量要核实"
    # The new round begins anew: all stages again.
    assert walk(back, three).state == "published"


def test_only_who_submitted_withdraws(
    clean_set: Any, three: dict[str, Any], make_user: Callable[..., Any]
) -> None:
    walk(clean_set, three, "submitted")
    with pytest.raises(PermissionDenied, match="提交"):
        services.take_step(
            actor=make_user("PFO", name="other-pfo"),
            target_set_id=clean_set.pk,
            transition="withdraw",
            reason="换人",
        )


@pytest.mark.parametrize("transition", ["replace", "supersede", "", "no-such-step", "审核"])
def test_inner_and_unknown_steps_are_refused(clean_set: Any, three: dict[str, Any], transition: str) -> None:
    with pytest.raises(InputError, match="这个步骤"):
        services.take_step(actor=three["PFO"], target_set_id=clean_set.pk, transition=transition)


def test_a_step_on_a_state_that_has_moved_on_is_refused(clean_set: Any, three: dict[str, Any]) -> None:
    walk(clean_set, three, "submitted")
    with pytest.raises(InputError, match="已提交") as refused:
        services.take_step(
            actor=three["FIN"], target_set_id=clean_set.pk, transition="review", expected="draft"
        )
    assert refused.value.status == 409
    with pytest.raises(InputError, match="不能提交"):
        services.take_step(actor=three["PFO"], target_set_id=clean_set.pk, transition="submit")


def test_what_is_submitted_no_longer_changes(clean_set: Any, three: dict[str, Any]) -> None:
    walk(clean_set, three, "submitted")
    officer, code = three["PFO"], clean_set.projects.first().code
    before = rows_stored()
    page = selectors.editor(user=officer, target_set=clean_set, code=code)
    assert page is not None
    calls: list[Callable[[], Any]] = [
        lambda: services.save_project(
            actor=officer, target_set_id=clean_set.pk, code=code, typed=page.typed, base=0
        ),
        lambda: services.keep_typing(
            actor=officer, target_set_id=clean_set.pk, code=code, typed=page.typed, base=0
        ),
        lambda: services.assign_subgoals(actor=officer, target_set_id=clean_set.pk, serves={code: []}),
        lambda: services.answer_finding(
            actor=officer, target_set_id=clean_set.pk, fingerprint="0" * 64, text="x"
        ),
    ]
    for call in calls:
        with pytest.raises(InputError, match="已提交，不能再改") as refused:
            call()
        assert refused.value.status == 409
    assert rows_stored() == before


def test_a_dropped_draft_leaves_nothing_shown(clean_set: Any, three: dict[str, Any]) -> None:
    services.take_step(actor=three["PFO"], target_set_id=clean_set.pk, transition="drop", reason="导错了文件")
    clean_set.refresh_from_db()
    assert (clean_set.state, clean_set.is_active) == ("dropped", False)
    assert selectors.active_set(year=2023) is None


@pytest.mark.django_db(transaction=True)
def test_of_two_people_at_once_one_takes_the_step(
    clean_set: Any, three: dict[str, Any], make_user: Callable[..., Any]
) -> None:
    walk(clean_set, three, "submitted")
    people = [three["FIN"], make_user("FIN", name="fin-two")]
    start = Barrier(2)

    def review(person: Any) -> str:
        try:
            start.wait(10)
            services.take_step(
                actor=person, target_set_id=clean_set.pk, transition="review", expected="submitted"
            )
        except InputError as error:
            return str(error.status)
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(review, people)) == ["409", "done"]
    assert len(workflow.log_of(set_subject(clean_set))) == 3


def test_a_step_under_a_key_is_taken_once(clean_set: Any, three: dict[str, Any]) -> None:
    call = {"actor": three["PFO"], "target_set_id": clean_set.pk, "transition": "submit"}
    for _ in range(3):
        assert services.take_step_once(**call, key="a-1").state == "submitted"
    assert len(workflow.log_of(set_subject(clean_set))) == 2
    with pytest.raises(InputError, match="另一次办理"):
        services.take_step_once(**{**call, "transition": "withdraw"}, reason="x", key="a-1")
    for key in ("", "k" * 101, "a\0"):
        with pytest.raises(InputError, match="幂等键"):
            services.take_step_once(**call, key=key)
    assert models.StepRequest.objects.count() == 1


def test_the_stages_as_a_picture(clean_set: Any, three: dict[str, Any]) -> None:
    walk(clean_set, three, "reviewed")
    picture = [(each.label, each.status) for each in selectors.stages(clean_set)]
    assert picture == [
        ("草稿", "done"),
        ("已提交", "done"),
        ("已审核", "now"),
        ("已批准", "next"),
        ("已公开", "next"),
    ]
    options = selectors.way(clean_set, three["HED"]).options
    assert [each.code for each in options] == ["approve", "return_reviewed"]
