"""Addresses of the room of surveys. Words come before numbers."""

from __future__ import annotations

from django.urls import path

from youju.office.surveys.web import building, lists, one, reaching, results

app_name = "surveys"
urlpatterns = [
    path("", lists.survey_list, name="list"),
    path("new/", building.new, name="new"),
    path("reports/<uuid:document>/", results.report, name="report"),
    path("<int:number>/", one.survey, name="survey"),
    path("<int:number>/step/", one.step, name="step"),
    path("<int:number>/edit/", building.edit, name="edit"),
    path("<int:number>/copy/", building.copy, name="copy"),
    path("<int:number>/preview/", one.preview, name="preview"),
    path("<int:number>/put-off/", one.put_off, name="put-off"),
    path("<int:number>/questions/", building.add_question, name="question-add"),
    path("<int:number>/questions/<int:place>/", building.question, name="question"),
    path("<int:number>/questions/<int:place>/move/", building.move, name="question-move"),
    path("<int:number>/questions/<int:place>/remove/", building.remove, name="question-remove"),
    path("<int:number>/channels/", reaching.add_channel, name="channel-add"),
    path("<int:number>/channels/<int:channel>/hand-out/", reaching.hand_out, name="hand-out"),
    path("<int:number>/channels/<int:channel>/tokens/", reaching.tokens, name="tokens"),
    path("<int:number>/result/", results.result, name="result"),
    path("<int:number>/result/report/", results.make_report, name="report-make"),
]
