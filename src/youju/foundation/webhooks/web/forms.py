"""The form of an endpoint."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from youju.foundation.webhooks import kinds


class EndpointForm(forms.Form):
    """Where to send, and what of."""

    organisation = forms.ChoiceField(
        label="单位",
        help_text="只通知这个单位参与的记录。",
        error_messages={"required": "请选择单位。", "invalid_choice": "没有这个单位，请重新选择。"},
    )
    name = forms.CharField(
        label="用途",
        max_length=100,
        help_text="例如：报关行系统接收状态。",
        error_messages={"required": "请写明用途。"},
    )
    url = forms.CharField(
        label="接收地址",
        max_length=500,
        help_text="以 https:// 开头，公网上能访问。",
        error_messages={"required": "请填写接收地址。"},
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )
    types = forms.MultipleChoiceField(
        label="通知的事项",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "请至少选择一种事项。",
            "invalid_choice": "没有这种事项，请重新选择。",
        },
    )

    def __init__(
        self, *args: Any, organisations: Sequence[tuple[str, str]] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["types"].choices = list(kinds.types().items())  # type: ignore[attr-defined]
        if organisations is None:
            # Whose events an endpoint hears of is settled when it is registered.
            del self.fields["organisation"]
        else:
            self.fields["organisation"].choices = [("", "请选择"), *organisations]  # type: ignore[attr-defined]
