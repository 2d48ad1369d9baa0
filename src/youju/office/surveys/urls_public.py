"""The address behind a one-time code: for whoever holds it."""

from __future__ import annotations

from django.urls import path

from youju.office.surveys.web import answering

app_name = "survey_sheet"
urlpatterns = [
    path("thanks/", answering.thanks, name="thanks"),
    path("<str:token>", answering.sheet, name="sheet"),
]
