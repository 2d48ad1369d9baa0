"""How far each role reaches."""

from __future__ import annotations

import pytest

from youju.foundation.identity.models import User
from youju.foundation.identity.reaching import reads_of, writes_of
from youju.foundation.identity.roles import Role


@pytest.mark.parametrize(
    ("roles", "reads", "writes"),
    [
        ([Role.HED], "all", "all"),
        ([Role.AUD], "all", "audit"),
        ([Role.PFO], "all", ""),
        ([Role.FIN], "all", "money"),
        ([Role.FIN, Role.STF], "all", "sections:SC,WM"),
        ([Role.STF], "sections:SC,WM", "sections:SC,WM"),
        ([Role.PFO, Role.STF], "all", "sections:SC,WM"),
        ([Role.ADM], "", ""),
        ([Role.ADM, Role.AUD], "all", "audit"),
        ([Role.AUD, Role.STF], "all", "sections:SC,WM"),
        ([Role.AUD, Role.MER], "all", "own:9"),
        *(([role], "own:9", "own:9") for role in (Role.AGT, Role.CSL, Role.BRK, Role.MER, Role.BUY)),
    ],
)
def test_roles(roles: list[Role], reads: str, writes: str) -> None:
    user = User(roles=[role.value for role in roles], sections=["WM", "SC"], organisation_id=9)
    assert (reads_of(user), writes_of(user)) == (reads, writes)
