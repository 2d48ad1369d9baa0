"""Finding, ordering and paging the list of accounts on the server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import QueryDict

from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role

PAGE_ROWS = 50
STATES = {"open": "可以登录", "closed": "已停用", "initial": "未改初始密码"}
ORDERS = {
    "username": "username",
    "name": "display_name",
    "organisation": "organisation__name",
    "seen": "last_login",
}


@dataclass(frozen=True, slots=True)
class UserFilter:
    """What the list is narrowed to and how it is ordered; anything unknown in the address counts as empty."""

    text: str = ""
    role: str = ""
    state: str = ""
    order: str = "username"
    falling: bool = False

    @classmethod
    def of(cls, query: QueryDict) -> UserFilter:
        """Read from the address."""
        role, state, order = query.get("role", ""), query.get("state", ""), query.get("sort", "")
        return cls(
            text=query.get("q", "").replace("\0", "").strip()[:50],
            role=role if role in set(Role) else "",
            state=state if state in STATES else "",
            order=order.lstrip("-") if order.lstrip("-") in ORDERS else "username",
            falling=order.startswith("-"),
        )

    @property
    def states(self) -> list[tuple[str, str]]:
        """The states to choose from."""
        return list(STATES.items())

    @property
    def query(self) -> str:
        """The filter as a query string, without order and page."""
        return urlencode({"q": self.text, "role": self.role, "state": self.state})

    @property
    def columns(self) -> list[dict[str, Any]]:
        """The headings: label, link that orders by it, and ``aria-sort``."""
        labels = {
            "username": "用户名",
            "name": "姓名",
            "organisation": "单位",
            "": "角色",
            "-": "状态",
            "seen": "最近登录",
        }
        return [self._column(key, label) for key, label in labels.items()]

    def _column(self, key: str, label: str) -> dict[str, Any]:
        if key not in ORDERS:
            return {"label": label, "link": "", "sort": ""}
        here = key == self.order
        sign = "-" if here and not self.falling else ""
        return {
            "label": label,
            "link": f"?{self.query}&{urlencode({'sort': sign + key})}",
            "sort": ("descending" if self.falling else "ascending") if here else "",
        }

    @property
    def page_query(self) -> str:
        """Filter and order as a query string, without page."""
        return f"{self.query}&{urlencode({'sort': ('-' if self.falling else '') + self.order})}"


def page_of(users: QuerySet[User], wanted: UserFilter, number: str | None) -> Page[User]:
    """One page of the accounts that match; a page number out of range gives the nearest page."""
    if wanted.text:
        users = users.filter(
            Q(username__icontains=wanted.text)
            | Q(display_name__icontains=wanted.text)
            | Q(organisation__name__icontains=wanted.text)
        )
    if wanted.role:
        users = users.filter(roles__contains=[wanted.role])
    if wanted.state:
        users = users.filter(
            **{
                "open": {"is_active": True},
                "closed": {"is_active": False},
                "initial": {"is_active": True, "must_change_password": True},
            }[wanted.state]
        )
    users = users.order_by(("-" if wanted.falling else "") + ORDERS[wanted.order], "username")
    return Paginator(users, PAGE_ROWS).get_page(number)
