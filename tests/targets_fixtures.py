"""People and documents for the tests of the targets room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from kept import kept
from youju.performance.targets import demo
from youju.rules.performance.targets.facts import TargetDocument


@pytest.fixture
def make_user(db: Any) -> Callable[..., Any]:
    """A function that makes an active user with the given role codes."""
    from youju.foundation.identity.models import Organisation, User

    organisation, _ = Organisation.objects.get_or_create(
        code="CENTRE", defaults={"name": "试点中心", "kind": "centre"}
    )

    def make(*roles: str, name: str = "") -> Any:
        return User.objects.create(
            username=name or "-".join(roles).lower() or "nobody",
            display_name="测试员",
            organisation=organisation,
            roles=list(roles),
            must_change_password=False,
        )

    return make


@pytest.fixture
def officer(make_user: Callable[..., Any]) -> Any:
    """A performance officer: may import and edit."""
    return make_user("PFO")


@kept
def demo_set() -> Any:
    """The demo year, stored."""
    from youju.performance.targets import selectors

    demo.load()
    return selectors.active_set(year=2023)


@pytest.fixture
def document() -> TargetDocument:
    """The demo document, with the year left out as the published text leaves it."""
    facts = demo.document()
    return replace(facts, document=replace(facts.document, fiscal_year=None))


def _three() -> dict[str, Any]:
    from youju.foundation.identity.models import Organisation, User

    organisation, _ = Organisation.objects.get_or_create(
        code="CENTRE", defaults={"name": "试点中心", "kind": "centre"}
    )
    known = {"display_name": "测试员", "organisation": organisation, "must_change_password": False}
    return {
        role: User.objects.get_or_create(username=f"{role.lower()}-life", defaults=known | {"roles": [role]})[
            0
        ]
        for role in ("PFO", "FIN", "HED")
    }


@kept
def three() -> dict[str, Any]:
    """The three people of the life cycle: performance officer, finance officer, head."""
    return _three()


@kept
def clean_set() -> Any:
    """A draft of 2023 about which the rules have nothing to say."""
    from rules.performance.targets.model_answer import HEBEI
    from youju.performance.targets.services.storing import store

    return store(
        HEBEI,
        fiscal_year=2023,
        source_name="范本.docx",
        source_sha256="0" * 64,
        imported_by=_three()["PFO"],
        is_demo=False,
        serves={project.code: range(1, len(HEBEI.department.subgoals) + 1) for project in HEBEI.projects},
    )
