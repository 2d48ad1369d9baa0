"""Addresses of the portal."""

from __future__ import annotations

from django.urls import path

from youju.portal.web import about, home, manual, policies, rules, search, style

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("achieved/", home.achieved, name="achieved"),
    path("search", search.search, name="search"),
    path("about/", about.about, name="about"),
    path("help/", manual.contents, name="manual"),
    path("help/<slug:slug>/", manual.chapter, name="manual-chapter"),
    path("help/pictures/<str:name>", manual.picture, name="manual-picture"),
    path("reference/rules/", rules.rule_list, name="rules"),
    path("reference/rules/<str:rule_id>/", rules.rule, name="rule"),
    path("reference/policies/", policies.policy_list, name="policies"),
    path("reference/policies/<str:policy_id>/", policies.policy, name="policy"),
    path("reference/sources/<str:source_id>/", policies.source, name="source"),
    path("style/", style.style, name="style"),
]
