"""Addresses of the portal."""

from __future__ import annotations

from django.urls import path

from youju.portal.web import about, home, policies, rules, search, style

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("search", search.search, name="search"),
    path("about/", about.about, name="about"),
    path("reference/rules/", rules.rule_list, name="rules"),
    path("reference/rules/<str:rule_id>/", rules.rule, name="rule"),
    path("reference/policies/", policies.policy_list, name="policies"),
    path("reference/policies/<str:policy_id>/", policies.policy, name="policy"),
    path("reference/sources/<str:source_id>/", policies.source, name="source"),
    path("style/", style.style, name="style"),
]
