"""Forms of the identity room. Rules of substance stand in services; forms check shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.db.models import QuerySet

from youju.foundation.identity import selectors
from youju.foundation.identity.permissions import Permission
from youju.foundation.identity.roles import Role
from youju.foundation.identity.selectors import ORGANISATION_KINDS
from youju.foundation.identity.usernames import normalise_username

if TYPE_CHECKING:
    from youju.foundation.identity.models import Organisation, User

_PASSWORD_LENGTH = 128


def section_choices() -> list[tuple[str, str]]:
    """The centre's sections: code and name."""
    return list(selectors.sections().items())


class LoginForm(forms.Form):
    """Username and password."""

    username = forms.CharField(
        label="用户名",
        max_length=32,
        error_messages={"required": "请输入用户名。"},
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label="密码",
        max_length=_PASSWORD_LENGTH,
        strip=False,
        error_messages={"required": "请输入密码。"},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def clean_username(self) -> str:
        """As stored, so that lock-out counts ``Admin`` and ``admin`` as one."""
        return normalise_username(self.cleaned_data["username"])


class CodeForm(forms.Form):
    """A one-time password, or a recovery code."""

    code = forms.CharField(
        label="验证码",
        max_length=20,
        help_text="验证器显示的六位数；手机不在身边时，输入一个备用码。",
        error_messages={"required": "请输入验证码。"},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class KeyForm(forms.Form):
    """What an API key may do, as whom, until when."""

    name = forms.CharField(
        label="用途",
        max_length=100,
        help_text="例如：报关行系统取数。",
        error_messages={"required": "请写明用途。"},
    )
    owner: forms.ModelChoiceField[User] = forms.ModelChoiceField(
        None,
        label="以谁的身份",
        empty_label="请选择",
        help_text="服务账号，或您自己。密钥代表这个账号和其单位；账号停用后，密钥随即失效。",
        error_messages={"required": "请选择用户。"},
    )
    scopes = forms.TypedMultipleChoiceField(
        label="范围",
        coerce=Permission,
        choices=[(permission.value, permission.label) for permission in Permission],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选择一项范围。"},
    )
    expires_on = forms.DateField(
        label="有效期至",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "请选择日期。", "invalid": "这不是日期，请写成 2026-05-04 的样子。"},
    )
    addresses = forms.CharField(
        label="允许的地址",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="每行一个 IP 地址或网段；不填则不限地址。",
    )

    def __init__(self, *args: Any, owners: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["owner"]).queryset = owners

    def clean_addresses(self) -> list[str]:
        """One a line."""
        return [line.strip() for line in self.cleaned_data["addresses"].splitlines() if line.strip()]


class PasswordForm(forms.Form):
    """The present password, and the new one twice."""

    old = forms.CharField(
        label="现在的密码",
        max_length=_PASSWORD_LENGTH,
        strip=False,
        error_messages={"required": "请输入现在的密码。"},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label="新密码",
        max_length=_PASSWORD_LENGTH,
        strip=False,
        error_messages={"required": "请输入新密码。"},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="再输入一次新密码",
        max_length=_PASSWORD_LENGTH,
        strip=False,
        error_messages={"required": "请再输入一次新密码。"},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any] | None:
        """Both new passwords are the same."""
        data = self.cleaned_data
        if data.get("new") and data.get("again") and data["new"] != data["again"]:
            self.add_error("again", "两次输入的新密码不一样。")
        return data


class UserForm(forms.Form):
    """An account's name, organisation, roles and whether it is open."""

    username = forms.CharField(
        label="用户名",
        max_length=32,
        help_text="登录时输入；小写字母、数字、点、下划线或连字符，建立后不能改。",
        error_messages={"required": "请输入用户名。"},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    display_name = forms.CharField(label="姓名", max_length=50, error_messages={"required": "请输入姓名。"})
    organisation: forms.ModelChoiceField[Organisation] = forms.ModelChoiceField(
        None,
        label="单位",
        empty_label="请选择",
        error_messages={"required": "请选择单位。", "invalid_choice": "没有这个单位，请重新选择。"},
    )
    roles = forms.TypedMultipleChoiceField(
        label="角色",
        coerce=Role,
        choices=[(role.value, f"{role.label}（{role.value}）") for role in Role],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选择一个角色。"},
    )
    sections = forms.MultipleChoiceField(
        label="所在科室",
        choices=section_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="业务科室人员只看得到本科室受理的主体和业务；其他角色不用选。",
    )
    is_service = forms.BooleanField(
        label="服务账号",
        required=False,
        help_text="给别的系统用：不能登录，只通过接口密钥使用。建立后不能改。",
    )
    is_active = forms.BooleanField(label="可以登录", required=False, initial=True)

    def __init__(
        self, *args: Any, organisations: QuerySet[Organisation], user: User | None = None, **kwargs: Any
    ) -> None:
        if user is not None:
            kwargs["initial"] = {
                "display_name": user.display_name,
                "organisation": user.organisation_id,
                "roles": user.roles,
                "sections": user.sections,
                "is_active": user.is_active,
            }
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Organisation]", self.fields["organisation"]).queryset = organisations
        # A username identifies a person in records and never changes; a new account is open.
        for name in ("is_active",) if user is None else ("username", "is_service"):
            del self.fields[name]
        if user is not None and user.is_service:
            self.fields["is_active"].label = "可以使用"


class OrganisationForm(forms.Form):
    """A body that people work for."""

    name = forms.CharField(label="单位名称", max_length=100, error_messages={"required": "请输入单位名称。"})
    code = forms.CharField(
        label="单位简码",
        max_length=16,
        help_text="2 到 16 个大写字母、数字或连字符。",
        error_messages={"required": "请输入单位简码。"},
    )
    kind = forms.ChoiceField(label="单位类别", choices=ORGANISATION_KINDS)
    credit_code = forms.CharField(
        label="统一社会信用代码", max_length=18, required=False, help_text="可以不填。"
    )
