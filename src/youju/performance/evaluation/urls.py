"""The addresses of the room of evaluation. Words come before numbers."""

from __future__ import annotations

from django.urls import path

from youju.performance.evaluation.web import departments, keys, lists, papers, selves, steps

app_name = "evaluation"
urlpatterns = [
    path("", lists.overview, name="overview"),
    path("list/", lists.self_list, name="list"),
    path("open/", steps.open_year, name="open"),
    path("results/", lists.result_list, name="results"),
    path("department/", departments.department, name="department"),
    path("department/make/", departments.make, name="department-make"),
    path("department/step/", departments.step, name="department-step"),
    path("department/report/", departments.report, name="department-report"),
    path("keys/", keys.key_list, name="keys"),
    path("keys/open/", keys.open_key, name="key-open"),
    path("keys/<int:number>/", keys.key, name="key"),
    path("keys/<int:number>/frame/", keys.frame, name="key-frame"),
    path("keys/<int:number>/score/", keys.score, name="key-score"),
    path("keys/<int:number>/write/", keys.write, name="key-write"),
    path("keys/<int:number>/step/", keys.step, name="key-step"),
    path("keys/<int:number>/report/", keys.report, name="key-report"),
    path("documents/", papers.papers, name="documents"),
    path("documents/pack/", papers.make_pack, name="pack-make"),
    path("documents/pack/<int:year>/<int:file>/", papers.pack, name="pack"),
    path("documents/<uuid:document>/", papers.document, name="document"),
    path("<int:number>/", selves.self_evaluation, name="self"),
    path("<int:number>/fill/", steps.fill, name="fill"),
    path("<int:number>/step/", steps.step, name="step"),
    path("<int:number>/rows/<int:row>/reduce/", steps.reduce, name="reduce"),
    path("<int:number>/recheck/", selves.recheck, name="recheck"),
    path("<int:number>/drift/", selves.drift, name="drift"),
    path("<int:number>/apply/", steps.apply, name="apply"),
    path("<int:number>/documents/", papers.make, name="make"),
    path("<int:number>/evidence/", papers.attach, name="attach"),
    path("<int:number>/evidence/<int:file>/", papers.evidence, name="evidence"),
]
