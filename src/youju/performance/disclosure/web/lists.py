"""The list of releases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.foundation.shell.templatetags.shell import badge
from youju.performance.disclosure import addresses, permissions, selectors
from youju.rules.performance.disclosure.lifecycle import KINDS, STATES

TONES = {
    "draft": "plain",
    "submitted": "hint",
    "published": "approved",
    "withdrawn": "error",
    "replaced": "plain",
    "dropped": "plain",
}


class ReleaseFilterForm(forms.Form):
    """What narrows the list."""

    kind = forms.ChoiceField(label="内容", required=False, choices=[("", "全部"), *KINDS.items()])
    year = forms.IntegerField(label="年度", required=False, min_value=2000, max_value=2100)
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *STATES.items()])


LISTING = Listing(
    name="releases",
    title="绩效公开",
    columns=(
        Column(
            "title", "公开内容", value=str, narrow="title", href=lambda row: addresses.release(str(row.pk))
        ),
        Column("year", "年度", lambda row: str(row.year), sort=("year", "pk")),
        Column("until", "数据截至", value="until", narrow="hide"),
        Column("prepared", "编制人", value="prepared_name"),
        Column("at", "编制时间", value="prepared_at", sort="pk"),
        Column("due", "公开期限", value="due_on", sort="due_on"),
        Column("published", "公开时间", value="published_at", sort="published_at"),
        Column("reason", "理由", value=lambda row: row.closing or row.reason, narrow="hide"),
        Column(
            "state",
            "状态",
            value=lambda row: STATES[row.state],
            draw=lambda row: badge(STATES[row.state], TONES[row.state]),
        ),
    ),
    order="-at",
    filter_form=ReleaseFilterForm,
    export_name="绩效公开",
    empty="还没有公开过内容。编制一份绩效目标、执行进展或自评，批准后任何人都能看到。",
)


@require_safe
@permission_required(permissions.VIEW)
def release_list(request: HttpRequest) -> HttpResponseBase:
    """Every release, the newest first."""
    actor = permissions.actor_of(request)

    def rows(wish: Mapping[str, Any]) -> Any:
        return selectors.releases(
            actor, kind=wish.get("kind") or "", year=wish.get("year"), state=wish.get("state") or ""
        )

    may_export = allowed(actor, permissions.EXPORT)
    return render_listing(
        request, LISTING, rows, template="disclosure/list.html", may_export=may_export,
        context={"may_prepare": allowed(actor, permissions.PREPARE), "may_export": may_export},
    )  # fmt: skip
