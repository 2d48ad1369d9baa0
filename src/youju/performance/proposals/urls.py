"""The addresses of the room of proposals. Words come before numbers."""

from __future__ import annotations

from django.urls import path

from youju.performance.proposals.web import audits, lists, proposals

app_name = "proposals"
urlpatterns = [
    path("", lists.proposal_list, name="list"),
    path("new/", proposals.new, name="new"),
    path("audits/", lists.audit_list, name="audits"),
    path("audits/new/", audits.new, name="audit-new"),
    path("audits/<str:number>/", audits.audit, name="audit"),
    path("audits/<str:number>/marks/<str:item>/", audits.mark, name="mark"),
    path("audits/<str:number>/step/", audits.step, name="audit-step"),
    path("audits/<str:number>/opinion/", audits.make_opinion, name="opinion-make"),
    path("documents/<uuid:document>/", audits.document, name="document"),
    path("drafts/<str:number>/", proposals.proposal, name="proposal"),
    path("drafts/<str:number>/rows/", lists.row_list, name="rows"),
    path("drafts/<str:number>/step/", proposals.step, name="step"),
    path("drafts/<str:number>/<int:place>/<int:row>/", proposals.edit, name="edit"),
]
