"""Fields that the forms of the rooms share, with what is said of a wrong entry."""

from __future__ import annotations

from django import forms

from youju.foundation.kernel.refusals import RefusedError

REQUIRED = {"required": "这一栏必填。", "invalid": "请照 2023-03-31 这样填日期。"}


class Refusable(forms.Form):
    """A form that shows what the rules found beside its fields."""

    def refuse(self, error: RefusedError) -> None:
        """Put each finding at its field."""
        for finding in error.findings:
            field = str(finding.at.get("field", ""))
            self.add_error(
                field if field in self.fields else None,
                finding.told,
            )


def day(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    """A field for a day."""
    return forms.DateField(
        label=label,
        required=required,
        error_messages=REQUIRED,
        help_text=help_text,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


def words(
    label: str, longest: int, *, required: bool = False, rows: int = 0, help_text: str = ""
) -> forms.CharField:
    """A field for words; ``rows`` makes it several lines high."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(
        label=label,
        max_length=longest,
        required=required,
        widget=widget,
        help_text=help_text,
        error_messages=REQUIRED,
    )
