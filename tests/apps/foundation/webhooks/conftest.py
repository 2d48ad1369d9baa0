"""A deal, an administrator, a receiver, and endpoints of the deal's organisations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from webhooks_receiver import Receiver, receiver

# Django is not set up yet when this file is read.


@pytest.fixture
def deal(db: None) -> Any:
    from trade_deals import make_deal
    from youju.foundation.kernel.context import reaching_all

    with reaching_all():
        return make_deal()


@pytest.fixture
def admin(db: None) -> Any:
    from trade_people import person
    from youju.foundation.identity.roles import Role

    return person(Role.ADM)


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    monkeypatch.setenv("YOUJU_WEBHOOKS_LOOPBACK", "1")
    with receiver() as found:
        yield found


@pytest.fixture
def listen(admin: Any, hook: Receiver) -> Callable[..., Any]:
    """Register an endpoint for a user's organisation, for all types unless told otherwise."""
    from trade_people import as_
    from youju.foundation.webhooks import kinds, services

    def register(user: Any, **changes: Any) -> Any:
        values: dict[str, Any] = {
            "organisation": user.organisation_id,
            "name": "接收",
            "url": hook.url,
            "types": kinds.types(),
        }
        with as_(admin):
            return services.register_endpoint(actor=admin, **(values | changes))

    return register
