"""Surveys as a list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.office.surveys import addresses, permissions, selectors
from youju.office.surveys.selectors import SurveyFilter
from youju.office.surveys.web.telling import TONES, period
from youju.rules.office.surveys.lifecycle import OPEN, STATES

if TYPE_CHECKING:
    from youju.office.surveys.models import Survey


class SurveyFilterForm(forms.Form):
    """The names are those of ``selectors.SurveyFilter``."""

    text = forms.CharField(
        label="查找",
        required=False,
        max_length=50,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "编号或标题"}),
    )
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *STATES.items()])
    year = forms.IntegerField(label="年度", required=False, min_value=2000, max_value=2100)
    project = forms.CharField(label="项目编码", required=False, max_length=30)
    tag = forms.CharField(label="标签", required=False, max_length=20)


def _state(row: Survey) -> SafeString:
    soon = row.state == OPEN and row.reminded_on
    note = format_html(' <span class="badge badge-warning">{}</span>', "快截止，答卷不多") if soon else ""
    tone = TONES.get(row.state, "plain")
    return format_html('<span class="badge badge-{}">{}</span>{}', tone, STATES[row.state], note)


LISTING = Listing(
    name="surveys",
    title="满意度调查",
    columns=(
        Column("number", "编号", value="number", sort="number"),
        Column("title", "标题", value="title", sort="title", narrow="title", href=lambda row: addresses.survey(str(row.pk))),
        Column("period", "期间", value=lambda row: period(row.year, row.quarter), sort="year"),
        Column("state", "状态", value=lambda row: STATES[row.state], sort="state", draw=_state),
        Column("closes", "截止日期", value="closes_on", sort="closes_on"),
        Column("answered", "收回份数", value=lambda row: row.answered if row.closed_on else None, numeric=True),
        Column("project", "项目编码", value="project", sort="project", narrow="hide"),
        Column("tags", "标签", value="tags", narrow="hide"),
    ),
    order="-period",
    tie=("-pk",),
    filter_form=SurveyFilterForm,
    export_name="满意度调查",
    empty="还没有调查。建立一份问卷，加上题目，送审后由另一个人发布。",
)  # fmt: skip


@require_safe
@permission_required(permissions.VIEW)
def survey_list(request: HttpRequest) -> HttpResponseBase:
    """All surveys."""
    actor = permissions.actor_of(request)
    return render_listing(
        request,
        LISTING,
        lambda wish: selectors.surveys(actor, _wish(wish)),
        template="surveys/list.html",
        context={"may_edit": allowed(actor, permissions.EDIT)},
        may_export=allowed(actor, permissions.EXPORT),
    )


def _wish(given: Mapping[str, Any]) -> SurveyFilter:
    words = {name: given.get(name) or "" for name in ("text", "state", "project", "tag")}
    return SurveyFilter(**words, year=given.get("year"))
