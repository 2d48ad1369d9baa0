"""Trying changed values: choose policies, change them, see whom it would touch."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.trade.goods import permissions, selectors, services

HELP = {
    "integer": "一个整数。",
    "decimal": "一个小数，例如 0.25。",
    "text": "一个词。",
    "list": "一行一个。",
    "table": "一行一项，写成“键: 值”，值照现行取值的样子。",
}
REQUIRED = {"required": "这一栏必填。"}


class TrialForm(forms.Form):
    """What it is called, when it would take effect, and the chosen policies with their values."""

    title = forms.CharField(label="名称", max_length=100, error_messages=REQUIRED)
    as_of = forms.DateField(
        label="生效日期",
        error_messages={**REQUIRED, "invalid": "请写成 2026-01-01 这样的日期。"},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="按这一天的法规和税则比较改动前后。",
    )
    tariff = forms.ChoiceField(label="税则版本", required=False)
    reason = forms.CharField(
        label="理由", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, chosen: list[selectors.Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tariff"].choices = [("", "当日有效的版本"), *selectors.tariff_choices()]  # type: ignore[attr-defined]
        for each in chosen:
            rows = min(16, max(3, each.typed.count("\n") + 2)) if each.kind in {"list", "table"} else 1
            self.fields[each.id] = forms.CharField(
                label=each.label,
                initial=each.typed,
                required=False,
                strip=False,
                help_text=HELP[each.kind],
                widget=forms.Textarea(attrs={"rows": rows}) if rows > 1 else forms.TextInput(),
            )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.TRY)
def trial(request: HttpRequest) -> HttpResponse:
    """Choose, change, try."""
    today = timezone.localdate()
    known = selectors.choices(today)
    wanted = (request.POST if request.method == "POST" else request.GET).getlist("policy")
    chosen = [each for each in known if each.id in wanted]
    if request.method == "POST":
        form = TrialForm(request.POST, chosen=chosen)
        if form.is_valid():
            data = form.cleaned_data
            day: date = data["as_of"]
            try:
                made = services.start_trial(
                    actor=permissions.actor_of(request),
                    title=data["title"],
                    as_of=day,
                    typed_values={each.id: data[each.id] for each in chosen},
                    tariff_id=int(data["tariff"]) if data["tariff"] else None,
                    reason=data["reason"],
                )
            except InputError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, "已开始试算；试算不改变任何商品的认定。")
                return HttpResponseRedirect(reverse("goods:campaign", args=[made.pk]))
        return _page(request, form, known, chosen, status=422)
    form = TrialForm(chosen=chosen, initial={"as_of": today})
    return _page(request, form, known, chosen)


def _page(
    request: HttpRequest,
    form: TrialForm,
    known: list[selectors.Choice],
    chosen: list[selectors.Choice],
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "known": known,
        "chosen": chosen,
        "chosen_ids": [each.id for each in chosen],
        "values": [form[each.id] for each in chosen],
    }
    return render(request, "goods/trial.html", context, status=status)
