"""The list of checks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.foundation.shell.templatetags.shell import badge
from youju.performance.report_checks import addresses, permissions, selectors
from youju.rules.performance.report_checks.states import STATES

_TONES = {"waiting": "hint", "done": "plain", "failed": "error"}


class CheckFilterForm(forms.Form):
    """What narrows the list."""

    text = forms.CharField(
        label="查找",
        required=False,
        max_length=50,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "文件名"}),
    )
    year = forms.IntegerField(label="年度", required=False, min_value=2000, max_value=2100)
    faulty = forms.BooleanField(label="有不符的", required=False)


def _wrong(row: Any) -> SafeString:
    return badge(str(row.disagrees), "error") if row.disagrees else format_html("0")


LISTING = Listing(
    name="report-checks",
    title="报告核对",
    columns=(
        Column("number", "编号", sort="pk", narrow="hide"),
        Column("name", "文件", narrow="title", href=lambda row: addresses.check(str(row.pk))),
        Column("year", "年度", sort=("year", "pk")),
        Column("figures", "数字", numeric=True),
        Column("disagrees", "不符", value="disagrees", sort=("disagrees", "pk"), numeric=True, draw=_wrong),
        Column("unjudged", "不能判断", numeric=True),
        Column("made", "核对人", value="made_name", narrow="hide"),
        Column("at", "核对时间", value="made_at"),
        Column(
            "state",
            "状态",
            value=lambda row: STATES[row.state],
            draw=lambda row: badge(STATES[row.state], _TONES[row.state]),
        ),
    ),
    order="-number",
    filter_form=CheckFilterForm,
    export_name="报告核对",
    empty="还没有核对过报告。上传一份自评报告，和数据不一致的数会标出来。",
)


@require_safe
@permission_required(permissions.VIEW)
def check_list(request: HttpRequest) -> HttpResponseBase:
    """Every check, the newest first."""
    actor = permissions.actor_of(request)

    def rows(wish: Mapping[str, Any]) -> Any:
        return selectors.checks(
            actor, text=wish.get("text") or "", year=wish.get("year"), faulty=bool(wish.get("faulty"))
        )

    return render_listing(
        request, LISTING, rows, template="report_checks/list.html", may_export=allowed(actor, permissions.EXPORT),
        context={"may_run": allowed(actor, permissions.RUN)},
    )  # fmt: skip
