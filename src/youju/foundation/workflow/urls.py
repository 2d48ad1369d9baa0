"""Addresses of the workflow room."""

from __future__ import annotations

from django.urls import path

from youju.foundation.workflow.web import absences, cases, listings, todo

app_name = "workflow"
urlpatterns = [
    path("", todo.todo_list, name="todo"),
    path("late/", listings.late_list, name="late"),
    path("cases/", listings.case_list, name="cases"),
    path("cases/<int:case_id>/", cases.one_case, name="case"),
    path("absences/", absences.absence_list, name="absences"),
    path("absences/new/", absences.new_absence, name="absence-new"),
    path("absences/<int:absence_id>/", absences.one_absence, name="absence"),
    path("absences/<int:absence_id>/end/", absences.end_absence, name="absence-end"),
]
