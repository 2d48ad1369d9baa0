"""Roles hold permissions by one table; nothing else opens a door."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from youju.foundation.identity.models import User
from youju.foundation.identity.permissions import (
    ROLE_PERMISSIONS,
    Permission,
    Role,
    allowed,
    permissions_of,
    require,
    roles_with,
)

TRADE = (Role.AGT, Role.CSL, Role.BRK, Role.MER, Role.BUY)


def someone(*roles: Role, **more) -> User:
    return User(username="x", display_name="x", roles=[role.value for role in roles], **more)


def test_every_role_has_a_name_and_a_row() -> None:
    assert set(ROLE_PERMISSIONS) == set(Role)
    assert len({role.label for role in Role}) == len(Role)
    assert all(permission.label for permission in Permission)


def test_every_permission_is_held_by_some_role() -> None:
    assert all(roles_with(permission) for permission in Permission)


@pytest.mark.parametrize("role", TRADE)
def test_trade_roles_see_home_account_their_to_do_list_and_their_trade(role: Role) -> None:
    own = {"parties.own", "parties.file"}
    sells = own | {
        "reference.view",
        *("tariff.view", "agreements.view", "agreements.sign", "goods.view", "goods.edit", "goods.export"),
        *("orders.view", "orders.edit", "orders.confirm", "orders.import", "orders.export"),
        *("packing.view", "declarations.view", "declarations.export"),
        *("tracing.view", "tracing.export", "tracing.label"),
    }
    packs = own | {
        "reference.view",
        "tariff.view",
        "orders.view",
        "packing.view",
        "packing.edit",
        "packing.export",
        "packing.import",
        "declarations.view",
        *("tracing.view", "tracing.export", "tracing.label"),
    }
    declares = own | {
        "reference.view",
        *("tariff.view", "packing.view", "declarations.view", "declarations.plan", "declarations.send"),
        *("declarations.export", "tracing.view", "tracing.export"),
    }
    counts = {"statistics.view", "statistics.export"}
    claims = {"subsidies.view", "claims.own", "tasks.own", "events.own"}
    answers = {"risk.appeal", "credit.own", "credit.appeal"}
    collects = {f"settlement.{verb}" for verb in ("view", "record", "match", "import", "export")}
    exempts = {f"exemptions.{verb}" for verb in ("view", "file", "import", "export")}
    held = {
        Role.AGT: sells | packs | declares | counts | claims | answers | collects | exempts,
        Role.MER: sells | counts | claims | answers | collects | exempts | {"tracing.consent"},
        Role.CSL: packs | claims | answers,
        Role.BRK: declares | claims | answers,
        Role.BUY: own | {"buyers.file", "orders.view_own_purchases"},
    }
    always = {Permission.HOME_VIEW, Permission.ACCOUNT_OWN, Permission.TODO_OWN}
    assert permissions_of(someone(role)) == always | held[role]


def test_only_the_performance_officer_imports_and_edits() -> None:
    assert roles_with(Permission.TARGETS_IMPORT) == (Role.PFO,)
    assert roles_with(Permission.TARGETS_EDIT) == (Role.PFO,)


def test_only_the_administrator_manages_users_and_sees_no_targets() -> None:
    assert roles_with(Permission.USERS_MANAGE) == (Role.ADM,)
    assert not allowed(someone(Role.ADM), Permission.TARGETS_VIEW)


def test_the_auditor_reads_and_changes_nothing() -> None:
    held = permissions_of(someone(Role.AUD))
    assert {Permission.TARGETS_VIEW, Permission.FINDINGS_VIEW, Permission.USERS_VIEW} <= held
    assert not held & {Permission.TARGETS_IMPORT, Permission.TARGETS_EDIT, Permission.USERS_MANAGE}


def test_roles_add_up() -> None:
    both = permissions_of(someone(Role.ADM, Role.PFO))
    assert both == permissions_of(someone(Role.ADM)) | permissions_of(someone(Role.PFO))


@pytest.mark.parametrize("nobody", [AnonymousUser(), someone(Role.ADM, is_active=False)])
def test_visitors_and_closed_accounts_hold_nothing(nobody) -> None:
    assert permissions_of(nobody) == frozenset()


def test_a_plain_string_names_a_permission_too() -> None:
    assert allowed(someone(Role.PFO), "targets.import")
    assert not allowed(someone(Role.PFO), "targets.imports")


def test_require_says_which_permission_is_missing() -> None:
    with pytest.raises(PermissionDenied, match="没有“导入绩效目标”的权限"):
        require(someone(Role.FIN), Permission.TARGETS_IMPORT)
