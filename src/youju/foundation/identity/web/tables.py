"""The lists of accounts and of organisations."""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from youju.foundation.identity.roles import Role
from youju.foundation.shell.listing import Column, Listing

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

Link = Callable[[Any], str | None]


class UserFilter(forms.Form):
    """What narrows the list of accounts; the names are those of ``selectors.users``."""

    text = forms.CharField(
        label="查找",
        required=False,
        max_length=50,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "用户名、姓名、单位"}),
    )
    role = forms.ChoiceField(
        label="角色", required=False, choices=[("", "全部"), *((role.value, role.label) for role in Role)]
    )
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[("", "全部"), ("open", "可以登录"), ("closed", "已停用"), ("initial", "未改初始密码")],
    )


def user_listing(*, locked: Container[str], may_manage: bool) -> Listing:
    """The accounts. ``locked``: usernames locked now; only who may manage gets links."""
    edit: Link = lambda user: reverse("identity:user-edit", args=[user.pk]) if may_manage else None  # noqa: E731

    def state(user: User) -> tuple[str, str]:
        if not user.is_active:
            return "已停用", "plain"
        if user.is_service:
            return "服务账号", "plain"
        if user.username in locked:
            return "已锁定", "warning"
        return ("未改初始密码", "hint") if user.must_change_password else ("可以登录", "usual")

    def state_badge(user: User) -> SafeString:
        word, tone = state(user)
        if tone == "usual":
            return format_html("{}", word)
        return format_html('<span><span class="badge badge-{}">{}</span></span>', tone, word)

    return Listing(
        name="users",
        title="用户",
        columns=(
            Column("username", "用户名", sort="username", href=edit, narrow="title"),
            Column("name", "姓名", value="display_name", sort="display_name"),
            Column("organisation", "单位", value="organisation.name", sort="organisation__name"),
            Column("roles", "角色", value="role_names"),
            Column("state", "状态", value=lambda user: state(user)[0], draw=state_badge),
            Column("seen", "最近登录", value="last_login", sort="last_login"),
        ),
        order="username",
        filter_form=UserFilter,
        export_name="用户清单",
    )


def organisation_listing(*, may_manage: bool) -> Listing:
    """The organisations; only who may manage gets links."""
    edit: Link = lambda body: reverse("identity:organisation-edit", args=[body.pk]) if may_manage else None  # noqa: E731
    return Listing(
        name="organisations",
        title="单位",
        columns=(
            Column("name", "单位名称", sort="name", href=edit, narrow="title"),
            Column("code", "简码", sort="code"),
            Column("kind", "类别", value=lambda body: body.get_kind_display(), sort="kind"),
            Column("credit", "统一社会信用代码", value="credit_code", sort="credit_code"),
            Column("people", "账号数", sort="people", numeric=True),
        ),
        order="name",
        export_name="单位清单",
        empty="还没有单位。",
        next_step=("新增单位", reverse("identity:organisation-new")) if may_manage else ("", ""),
    )
