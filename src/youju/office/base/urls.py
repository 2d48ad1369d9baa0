"""Addresses of the room of the base. Words come before numbers."""

from __future__ import annotations

from django.urls import path

from youju.office.base.web import lists, one, overview

app_name = "base"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("platforms/<int:number>/step/", one.step, name="platform-step"),
    path("platforms/<int:number>/milestones/", one.add_milestone, name="milestone-add"),
    path("platforms/<int:number>/milestones/<int:place>/", one.finish_milestone, name="milestone"),
    path("<slug:register>/", lists.record_list, name="list"),
    path("<slug:register>/new/", one.new, name="new"),
    path("<slug:register>/<int:number>/", one.record, name="record"),
    path("<slug:register>/<int:number>/edit/", one.edit, name="edit"),
    path("<slug:register>/<int:number>/papers/", one.add_paper, name="paper-add"),
    path("<slug:register>/<int:number>/papers/<int:file>/", one.paper, name="paper"),
]
