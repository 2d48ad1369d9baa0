"""The addresses of the room of internal audits. Words come before numbers."""

from __future__ import annotations

from django.urls import path

from youju.funds.internal_audits.web import findings, lists, planning, report, sampling

app_name = "internal_audits"
urlpatterns = [
    path("", lists.finding_list, name="list"),
    path("list/", lists.make_list, name="list-make"),
    path("report/", report.report, name="report"),
    path("documents/<uuid:document>/", findings.document, name="document"),
    path("plans/", lists.plan_list, name="plans"),
    path("plans/new/", planning.new_plan, name="plan-new"),
    path("plans/<int:year>/", planning.plan, name="plan"),
    path("plans/<int:year>/edit/", planning.edit_plan, name="plan-edit"),
    path("plans/<int:year>/step/", planning.step_plan, name="plan-step"),
    path("plans/<int:year>/items/", planning.add_item, name="item-add"),
    path("plans/<int:year>/items/<int:place>/remove/", planning.remove_item, name="item-remove"),
    path("plans/<int:year>/items/<int:place>/open/", planning.open_engagement, name="engagement-open"),
    path("engagements/<int:number>/", planning.engagement, name="engagement"),
    path("engagements/<int:number>/end/", planning.end_engagement, name="engagement-end"),
    path("engagements/<int:number>/draw/", sampling.draw, name="draw"),
    path("samples/<int:number>/", sampling.sample, name="sample"),
    path("samples/<int:number>/population/", sampling.population, name="population"),
    path("items/<int:number>/", sampling.item, name="item"),
    path("items/<int:number>/papers/", sampling.add_paper, name="paper-add"),
    path("items/<int:number>/papers/<int:file>/", sampling.paper, name="paper"),
    path("findings/new/", findings.new, name="new"),
    path("findings/<str:number>/", findings.finding, name="finding"),
    path("findings/<str:number>/edit/", findings.edit, name="edit"),
    path("findings/<str:number>/step/", findings.step, name="step"),
    path("findings/<str:number>/evidence/", findings.add_evidence, name="evidence-add"),
    path("findings/<str:number>/evidence/<int:file>/", findings.evidence, name="evidence"),
    path("findings/<str:number>/notice/", findings.make_notice, name="notice-make"),
]
