"""The reference of rules: every rule with its sentence, article, parameters and tests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from youju.foundation.identity.permissions import Permission, allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.policies.catalogue import SCOPES, SEVERITIES, RuleEntry, rule_catalogue
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.foundation.shell.templatetags.shell import severity
from youju.portal.web.values import Shown, values_of

_WEIGHT = {name: place for place, name in enumerate(SEVERITIES)}


class RuleFilter(forms.Form):
    """What narrows the list of rules."""

    q = forms.CharField(
        label="查找",
        required=False,
        max_length=50,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "编号、名称、说明"}),
    )
    severity = forms.ChoiceField(label="轻重", required=False, choices=[("", "全部"), *SEVERITIES.items()])
    scope = forms.ChoiceField(label="对象", required=False, choices=[("", "全部"), *SCOPES.items()])


RULES = Listing(
    name="rules",
    title="规则",
    columns=(
        Column("id", "编号", sort="id", href=lambda row: reverse("portal:rule", args=[row.id])),
        Column("title", "规则", sort="title", narrow="title"),
        Column(
            "severity",
            "轻重",
            value="severity_label",
            sort=("severity",),
            draw=lambda row: severity(row.severity),
        ),
        Column("scope", "对象", value="scope_label", sort="scope"),
        Column("basis", "依据", value="basis_title", sort="basis"),
    ),
    order="id",
    filter_form=RuleFilter,
    export_name="规则一览",
)


def _rows(wish: Mapping[str, Any]) -> list[RuleEntry]:
    words = (wish.get("q") or "").casefold().split()

    def fits(entry: RuleEntry) -> bool:
        text = f"{entry.id} {entry.title} {entry.sentence}".casefold()
        return (
            all(word in text for word in words)
            and wish.get("severity") in {"", None, entry.severity}
            and wish.get("scope") in {"", None, entry.scope}
        )

    return [entry for entry in rule_catalogue() if fits(entry)]


@require_safe
@permission_required(Permission.REFERENCE_VIEW)
def rule_list(request: HttpRequest) -> HttpResponseBase:
    """Every version of every rule."""
    return render_listing(request, RULES, _rows, template="portal/rules.html")


@require_safe
@permission_required(Permission.REFERENCE_VIEW)
def rule(request: HttpRequest, rule_id: str) -> HttpResponse:
    """One rule, its versions oldest last."""
    versions = [entry for entry in rule_catalogue() if entry.id == rule_id.upper()]
    if not versions:
        raise Http404(f"没有编号为 {rule_id[:20]} 的规则。")
    entry = versions[-1]
    parameters: list[tuple[Any, list[Shown]]] = [(policy, values_of(policy)) for policy in entry.parameters]
    context = {
        "rule": entry,
        "earlier": versions[:-1][::-1],
        "parameters": parameters,
        "source_id": entry.basis.partition("#")[0],
        # Findings are kept of targets alone; other families are judged when a plan is made.
        "may_see_findings": entry.id.startswith("TGT-") and allowed(request.user, Permission.FINDINGS_VIEW),
    }
    return render(request, "portal/rule.html", context)
