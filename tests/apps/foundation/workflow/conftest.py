"""A flow of three people, and the people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

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


@pytest.fixture(autouse=True)
def known_flow() -> Iterator[None]:
    from youju.foundation.workflow import flows

    flows.register_flow(FLOW, url=lambda key: f"/paper/{key}/")
    yield
    flows._flows.pop(FLOW.code, None)


@pytest.fixture
def make_person(db: None) -> Callable[..., User]:
    from youju.foundation.identity.models import Organisation, User

    centre, _ = Organisation.objects.get_or_create(
        code="ZX", defaults={"name": "某市服务中心", "kind": "centre"}
    )

    def make(username: str, *roles: Role) -> User:
        return User.objects.create(
            username=username,
            display_name=username.title(),
            organisation=centre,
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
