"""Handing a record to one colleague (转办)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied

from apps.foundation.workflow.conftest import FLOW, away, paper, send
from youju.foundation.audit import selectors as audit
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow import selectors, services

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

People = dict[str, Any]


@pytest.fixture
def sent(people: People, make_person: Callable[..., User]) -> People:
    """A submitted paper, and a second finance officer."""
    people["fin2"] = make_person("fin2", Role.FIN)
    send(people, 1)
    return people


def hand(people: People, who: str, to: str | None, reason: str = "请你办") -> Any:
    return services.reassign(subject=paper(), actor=people[who], to=people[to] if to else None, reason=reason)


def review(people: People, who: str) -> Any:
    return services.advance(flow=FLOW, subject=paper(), transition="review", actor=people[who])


def test_only_the_chosen_one_acts(sent: People) -> None:
    seen = hand(sent, "fin", "fin2")
    assert (seen.assigned_to, seen.waits_for) == ("fin2", "Fin2")
    assert not selectors.todo(sent["fin"])
    (item,) = selectors.todo(sent["fin2"])
    assert item.assigned
    with pytest.raises(PermissionDenied, match="已指定由Fin2办理"):
        review(sent, "fin")
    review(sent, "fin2")
    assert selectors.case(paper()).assigned_to == ""
    (line, *_) = [each for each in audit.history("test.paper", "1").lines if "转办" in each.sentence]
    assert line.sentence.startswith("Fin转办了第1份文件")


@pytest.mark.parametrize(
    ("who", "to", "reason", "sentence"),
    [
        ("fin", "stf", "请你办", "没有“审核绩效目标”的权限"),
        ("fin", "fin2", "  ", "须写明理由"),
        ("fin", "fin2", "长" * 2001, "至多 2000 个"),
    ],
)
def test_refusals(sent: People, who: str, to: str, reason: str, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        hand(sent, who, to, reason)
    assert selectors.case(paper()).assigned_to == ""


def test_only_who_could_act_may_hand_over(sent: People) -> None:
    with pytest.raises(PermissionDenied, match="不能转办"):
        hand(sent, "stf", "fin2")
    away(sent, "fin", "stf")
    hand(sent, "stf", "fin2")
    (line, *_) = audit.history("test.paper", "1").lines
    assert "（代 fin）" in line.sentence


def test_not_to_one_whom_two_person_control_bars(sent: People, make_person: Callable[..., User]) -> None:
    sent["both"] = make_person("both", Role.PFO, Role.FIN)
    services.start(flow=FLOW, subject=paper(2), actor=sent["both"])
    services.advance(flow=FLOW, subject=paper(2), transition="submit", actor=sent["both"])
    with pytest.raises(InputError, match="Both不能办理"):
        services.reassign(subject=paper(2), actor=sent["fin"], to=sent["both"], reason="请你办")
    mine = selectors.case(paper(2))
    assert [user.username for user in selectors.candidates(mine.id, sent["fin"])] == ["fin", "fin2"]
    assert selectors.candidates(mine.id, sent["stf"]) == ()


def test_back_to_everybody_and_nothing_without_a_case(sent: People) -> None:
    hand(sent, "fin", "fin2")
    hand(sent, "fin", None, "一起办")
    assert len(selectors.todo(sent["fin"])) == 1
    with pytest.raises(InputError, match="不在办理中"):
        services.reassign(subject=paper(9), actor=sent["fin"], to=None, reason="x")
    with pytest.raises(InputError, match="没有这件事项"):
        services.reassign_case(case_id=0, actor=sent["fin"], to="", reason="x")


def test_a_finished_record_waits_for_nobody(sent: People) -> None:
    review(sent, "fin")
    services.advance(flow=FLOW, subject=paper(), transition="approve", actor=sent["hed"])
    with pytest.raises(InputError, match="不等待办理"):
        hand(sent, "hed", None)
    assert selectors.candidates(selectors.case(paper()).id, sent["hed"]) == ()


def test_who_submitted_may_still_withdraw_what_was_handed_over(sent: People) -> None:
    hand(sent, "fin", "fin2")
    assert [each.code for each in selectors.available(paper(), sent["pfo"])] == ["withdraw"]
    services.advance(flow=FLOW, subject=paper(), transition="withdraw", actor=sent["pfo"])
    assert selectors.case(paper()).state == "draft"


def test_the_choice_of_a_page_is_checked_again(sent: People) -> None:
    case_id = selectors.case(paper()).id
    with pytest.raises(InputError, match="现在不能办理"):
        services.reassign_case(case_id=case_id, actor=sent["fin"], to="stf", reason="x")
    assert (
        services.reassign_case(case_id=case_id, actor=sent["fin"], to="fin2", reason="x").assigned_to
        == "fin2"
    )


def test_the_cost_of_the_choice_does_not_grow(
    sent: People, make_person: Callable[..., User], django_assert_num_queries: Any
) -> None:
    for number in range(20):
        make_person(f"more{number}", Role.FIN)
    case_id = selectors.case(paper()).id
    with django_assert_num_queries(4):
        assert len(selectors.candidates(case_id, sent["fin"])) == 22
