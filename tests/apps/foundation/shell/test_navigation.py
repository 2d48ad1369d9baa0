"""The left navigation shows what the user may open, and nothing else."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from youju.foundation.identity.permissions import Permission, allowed
from youju.foundation.identity.roles import Role
from youju.foundation.shell import navigation
from youju.foundation.shell.navigation import NavItem, registered, sections_for
from youju.foundation.shell.templatetags.shell import navigation as drawing


def shown(user, path: str = "/"):
    request = RequestFactory().get(path)
    request.user = user
    return sections_for(request)


def labels(user) -> list[str]:
    return [link.label for section in shown(user) for link in section.links]


@pytest.mark.parametrize("role", Role)
def test_every_role_sees_exactly_what_it_may_open(person, role: Role) -> None:
    user = person([role.value])
    expected = {
        item.label
        for item in registered()
        if allowed(user, Permission(item.permission))
        and not (item.unless and allowed(user, Permission(item.unless)))
    }
    assert set(labels(user)) == expected
    assert "首页" in expected


def test_a_visitor_sees_nothing() -> None:
    assert labels(AnonymousUser()) == []


def test_the_performance_officer_sees_targets_and_import_the_administrator_does_not(person) -> None:
    assert {"绩效目标", "审核意见", "导入", "规则"} <= set(labels(person(["PFO"])))
    assert not {"绩效目标", "审核意见", "导入"} & set(labels(person(["ADM"])))
    assert "用户" in labels(person(["ADM"]))


def test_the_longest_address_is_current(person) -> None:
    def current(path: str) -> list[str]:
        return [
            link.label for section in shown(person(["PFO"]), path) for link in section.links if link.current
        ]

    assert current("/") == ["首页"]
    assert current("/targets/13060523P00456310001Q/") == ["绩效目标"]
    assert current("/targets/findings/") == ["审核意见"]
    assert current("/account") == []


def test_sections_follow_the_house(person) -> None:
    assert [section.title for section in shown(person(["PFO"]))] == [
        "总览",
        "预算绩效",
        "项目资金",
        "市场采购",
        "综合办公",
        "依据",
    ]


def test_an_address_that_is_not_mounted_is_left_out(person, monkeypatch) -> None:
    monkeypatch.setattr(navigation, "_items", dict(navigation._items))
    navigation.register(NavItem("系统", "尚未建成", "rooms:not_built"))
    assert "尚未建成" not in labels(person(["ADM"]))


def test_registering_twice_keeps_one_entry(monkeypatch) -> None:
    monkeypatch.setattr(navigation, "_items", {})
    navigation.register(NavItem("总览", "旧", "portal:home"), NavItem("总览", "新", "portal:home"))
    assert [item.label for item in registered()] == ["新"]


def test_an_entry_that_is_registered_or_renamed_is_seen_at_once(person, monkeypatch) -> None:
    monkeypatch.setattr(navigation, "_items", dict(navigation._items))
    user = person(["ADM"])
    before = labels(user)
    navigation.register(NavItem("系统", "又一个首页", "portal:about"))
    assert set(labels(user)) - set(before) == {"又一个首页"}
    navigation.register(NavItem("系统", "改了名", "portal:about"))
    assert set(labels(user)) - set(before) == {"改了名"}


def test_roles_that_change_change_the_navigation(person) -> None:
    user = person(["PFO"])
    assert "用户" not in labels(user)
    user.roles = ["PFO", "ADM"]
    assert "用户" in labels(user)


def test_the_drawn_navigation_marks_the_page_that_is_open(person) -> None:
    def drawn(path: str) -> str:
        return str(drawing(shown(person(["PFO"]), path), "主菜单"))

    assert drawn("/targets/").count('aria-current="page"') == 1
    assert drawn("/targets/") != drawn("/") != drawn("/account")
    assert drawn("/") == drawn("/") and 'aria-label="主菜单"' in drawn("/")
