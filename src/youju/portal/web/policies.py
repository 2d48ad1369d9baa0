"""The reference of policies: every value with its days and its source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from youju.foundation.identity.permissions import Permission
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.policies import Policy, load
from youju.foundation.policies.catalogue import rule_catalogue
from youju.foundation.policies.reference import KINDS
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.portal.web.values import SOURCE_KINDS, value_now, values_of


class PolicyFilter(forms.Form):
    """What narrows the list of policies."""

    q = forms.CharField(
        label="查找",
        required=False,
        max_length=50,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "名称、编号"}),
    )
    kind = forms.ChoiceField(label="性质", required=False, choices=[("", "全部"), *KINDS.items()])


def _code(policy: Policy) -> SafeString:
    return format_html('<span class="code muted">{}</span>', policy.id)


POLICIES = Listing(
    name="policies",
    title="政策值",
    columns=(
        Column(
            "label",
            "名称",
            sort="label",
            href=lambda policy: reverse("portal:policy", args=[policy.id]),
            narrow="title",
        ),
        Column("now", "现行取值", value=value_now),
        Column("kind", "性质", value=lambda policy: KINDS.get(policy.kind, policy.kind), sort="kind"),
        Column("id", "编号", sort="id", draw=_code),
        Column(
            "versions", "历次取值", value=lambda policy: len(policy.values), numeric=True, sort="versions"
        ),
    ),
    order="id",
    filter_form=PolicyFilter,
    export_name="政策值一览",
)


def _rows(wish: Mapping[str, Any]) -> list[Policy]:
    words = (wish.get("q") or "").casefold().split()
    return [
        policy
        for policy in load().policies.values()
        if all(word in f"{policy.label} {policy.id}".casefold() for word in words)
        and wish.get("kind") in {"", None, policy.kind}
    ]


@require_safe
@permission_required(Permission.REFERENCE_VIEW)
def policy_list(request: HttpRequest) -> HttpResponseBase:
    """Every policy with today's value, and the sources they cite."""
    known = sorted(load().sources.values(), key=lambda source: (source.kind, source.id))
    context = {"sources": [(source, SOURCE_KINDS.get(source.kind, source.kind)) for source in known]}
    return render_listing(request, POLICIES, _rows, template="portal/policies.html", context=context)


@require_safe
@permission_required(Permission.REFERENCE_VIEW)
def policy(request: HttpRequest, policy_id: str) -> HttpResponse:
    """One policy: its dated values, and the rules that ask for it."""
    found = load().policies.get(policy_id)
    if found is None:
        raise Http404(f"没有编号为 {policy_id[:80]} 的政策值。")
    users = {
        entry.id: entry.title
        for entry in rule_catalogue()
        if any(each.id == policy_id for each in entry.parameters)
    }
    context = {
        "policy": found,
        "kind": KINDS.get(found.kind, found.kind),
        "values": values_of(found),
        "rules": users.items(),
    }
    return render(request, "portal/policy.html", context)


@require_safe
@permission_required(Permission.REFERENCE_VIEW)
def source(request: HttpRequest, source_id: str) -> HttpResponse:
    """One source: what was read of it, and what stands on it."""
    known = load()
    found = known.sources.get(source_id)
    if found is None:
        raise Http404(f"没有编号为 {source_id[:80]} 的来源。")
    context = {
        "source": found,
        "kind": SOURCE_KINDS.get(found.kind, found.kind),
        "articles": found.articles.values(),
        "policies": [
            each
            for each in known.policies.values()
            if any(value.source.partition("#")[0] == source_id for value in each.values)
        ],
        "rules": {
            each.id: each.title for each in rule_catalogue() if each.basis.partition("#")[0] == source_id
        }.items(),
    }
    return render(request, "portal/source.html", context)
