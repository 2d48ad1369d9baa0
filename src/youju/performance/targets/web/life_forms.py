"""What the steps of the life cycle ask for."""

from __future__ import annotations

from typing import Any

from django import forms

REQUIRED = {"required": "这一栏必填。"}


class AdjustForm(forms.Form):
    """Why what is published is adjusted, and which document ordered it."""

    reason = forms.CharField(
        label="调整理由",
        max_length=2000,
        help_text="写明为什么调整、调整什么，公开时一并说明。",
        error_messages=REQUIRED,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    document_number = forms.CharField(
        label="调整文号",
        max_length=100,
        help_text="批复、通知或会议纪要的文号，例如 保财预〔2023〕8号。",
        error_messages=REQUIRED,
    )
    paper = forms.FileField(
        label="调整文件",
        required=False,
        allow_empty_file=True,  # the store says what is wrong with it, in one sentence
        help_text="批复或纪要的原件，docx、pdf、ofd 或图片。",
        widget=forms.FileInput(attrs={"accept": ".docx,.pdf,.ofd,.png,.jpg,.jpeg"}),
    )


class AnswerForm(forms.Form):
    """Why a finding stands as it is."""

    text = forms.CharField(
        label="答复",
        required=False,
        help_text="说明为什么不改；清空后保存就是撤回答复。",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    alike = forms.BooleanField(label="同一规则还没有答复的意见都用这句话", required=False)


class CompareForm(forms.Form):
    """Which two versions stand side by side."""

    left = forms.ChoiceField(label="左边")
    right = forms.ChoiceField(label="右边")

    def __init__(self, *args: Any, versions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("left", "right"):
            self.fields[name].choices = versions  # type: ignore[attr-defined]
