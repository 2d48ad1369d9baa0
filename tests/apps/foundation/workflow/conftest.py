"""A flow of three people, and the people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from youju.foundation.identity.roles import Role
from youju.foundation.kernel.subjects import Subject
from youju.rules.workflow import Flow, State, Transition

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

LIMIT = "foundation.workflow.absence_days"  # any whole number serves as a deadline here
FLOW = Flow(
    "test.paper",
    "试验文件",
    date(2023, 1, 1),
    "draft",
    (
        State("draft", "草稿", "targets.submit"),
        State("submitted", "已提交", "targets.review", LIMIT),
        State("reviewed", "已审核", "targets.approve"),
        State("approved", "已批准", final=True),
    ),
    (
        Transition("submit", "提交", ("draft",), "submitted", "targets.submit"),
        Transition("review", "审核", ("submitted",), "reviewed", "targets.review", not_by=("submit",)),
        Transition(
            "approve", "批准", ("reviewed",), "approved", "targets.approve", not_by=("submit", "review")
        ),
        Transition(
            "return",
            "退回",
            ("submitted", "reviewed"),
            "draft",
            "targets.review",
            reason_required=True,
            returns=True,
        ),
        Transition("withdraw", "撤回", ("submitted",), "draft", "targets.submit", returns=True, own="submit"),
    ),
)
HOUSE = replace(FLOW, code="test.house", title="本单位文件", within=True)
"""The same, among the people of one organisation."""
ASKED = Flow(
    "test.asked",
    "询问",
    date(2023, 1, 1),
    "asked",
    (
        State("asked", "已提问", "targets.review"),
        State("answered", "已答复", "targets.submit"),
        State("closed", "已了结", final=True),
    ),
    (
        Transition("answer", "答复", ("asked",), "answered", "targets.review"),
        Transition("ask", "追问", ("answered",), "asked", "targets.submit", returns=True),
        Transition("close", "了结", ("answered",), "closed", "targets.submit", own="ask", not_by=("answer",)),
    ),
)
"""Here the step ahead may be taken only by who took an earlier one."""


@pytest.fixture(autouse=True)
def known_flow() -> Iterator[None]:
    from youju.foundation.workflow import flows

    for flow in (FLOW, HOUSE, ASKED):
        flows.register_flow(flow, url=lambda key: f"/paper/{key}/")
    yield
    for flow in (FLOW, HOUSE, ASKED):
        flows._flows.pop(flow.code, None)


@pytest.fixture
def make_person(db: None) -> Callable[..., User]:
    from youju.foundation.identity.models import Organisation, User

    def make(username: str, *roles: Role, organisation: str = "ZX") -> User:
        place, _ = Organisation.objects.get_or_create(
            code=organisation, defaults={"name": f"某市{organisation}单位", "kind": "centre"}
        )
        return User.objects.create(
            username=username,
            display_name=username.title(),
            organisation=place,
            roles=list(roles),
            must_change_password=False,
        )

    return make


@pytest.fixture
def people(make_person: Callable[..., User]) -> dict[str, Any]:
    """A performance officer, a finance officer, a head, and an assistant without any business role."""
    return {
        "pfo": make_person("pfo", Role.PFO),
        "fin": make_person("fin", Role.FIN),
        "hed": make_person("hed", Role.HED),
        "stf": make_person("stf", Role.STF),
    }


def paper(key: object = 1) -> Subject:
    return Subject("test.paper", str(key), f"第{key}份文件")


def send(people: dict[str, Any], *keys: int) -> None:
    """Start papers and submit them, as the performance officer."""
    from youju.foundation.workflow import services

    for key in keys:
        services.start(flow=FLOW, subject=paper(key), actor=people["pfo"])
        services.advance(flow=FLOW, subject=paper(key), transition="submit", actor=people["pfo"])


def away(
    people: dict[str, Any], who: str, substitute: str, *, first: int = 0, last: int = 0, actor: str = ""
) -> Any:
    """Register an absence; the days count from today."""
    from youju.foundation.workflow import services

    today = timezone.localdate()
    return services.set_absence(
        actor=people[actor or who],
        user=people[who],
        substitute=people[substitute],
        first=today + timedelta(days=first),
        last=today + timedelta(days=last),
    )
