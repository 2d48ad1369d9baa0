"""The left navigation: each room registers its entries, each user sees those that the user's permissions open.

The shell knows no roles: ``settings.SHELL_PERMISSION_CHECK`` names the function ``(user, permission) -> bool``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.module_loading import import_string
from django.utils.translation import get_language, gettext

SECTIONS = ("总览", "预算绩效", "项目资金", "市场采购", "综合办公", "依据", "系统")
"""The sections in the order shown; a section that is not named here follows them."""


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry: shown when the user holds ``permission`` (an empty one shows it to everyone) and not ``unless``."""

    section: str
    label: str
    url_name: str
    permission: str = ""
    icon: str = ""
    order: int = 100
    unless: str = ""


@dataclass(frozen=True, slots=True)
class NavLink:
    """An entry as drawn on one page."""

    label: str
    url: str
    icon: str
    current: bool


@dataclass(frozen=True, slots=True)
class NavSection:
    """A headed group of links; never empty."""

    title: str
    links: tuple[NavLink, ...]


_items: dict[str, NavItem] = {}


def register(*items: NavItem) -> None:
    """Add entries; call it in ``AppConfig.ready``. A second entry for one address replaces the first."""
    for item in items:
        _items[item.url_name] = item


def registered() -> tuple[NavItem, ...]:
    """Every entry, whoever may see it."""
    return tuple(_items.values())


@lru_cache(maxsize=4)
def _check(path: str) -> Callable[[Any, str], bool]:
    check: Callable[[Any, str], bool] = import_string(path)
    return check


def allowed(user: Any, permission: str) -> bool:
    """Whether the user holds the permission, as the configured check says; an empty one is held by everyone."""
    return not permission or _check(settings.SHELL_PERMISSION_CHECK)(user, permission)


def sections_for(request: HttpRequest) -> tuple[NavSection, ...]:
    """The navigation of this user, the entry of the page asked for marked as current (longest address wins)."""
    user = getattr(request, "user", None)
    where = settings.ROOT_URLCONF, get_script_prefix()
    # A room whose addresses are not mounted shows no dead link.
    open_items = tuple(
        (item, url)
        for item in _items.values()
        if allowed(user, item.permission)
        and not (item.unless and allowed(user, item.unless))
        and (url := _address(item.url_name, *where))
    )
    here = max((url for _, url in open_items if _within(request.path, url)), key=len, default="")
    return _sections(open_items, here, get_language())


@lru_cache(maxsize=1_000)
def _address(url_name: str, _urls: str, _prefix: str) -> str:
    """Of a page without arguments; the same as long as the same addresses are mounted at the same place."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


@lru_cache(maxsize=1_000)
def _sections(
    open_items: tuple[tuple[NavItem, str], ...], here: str, _language: str | None
) -> tuple[NavSection, ...]:
    """Who may open the same entries sees the same navigation."""
    groups: dict[str, list[tuple[int, NavLink]]] = {}
    for item, url in open_items:
        link = NavLink(gettext(item.label), url, item.icon, current=url == here)
        groups.setdefault(item.section, []).append((item.order, link))
    rank = {title: place for place, title in enumerate(SECTIONS)}
    return tuple(
        NavSection(gettext(title), tuple(link for _, link in sorted(links, key=lambda pair: pair[0])))
        for title, links in sorted(groups.items(), key=lambda pair: rank.get(pair[0], len(rank)))
    )


def _within(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url if url.endswith("/") else url + "/"))
