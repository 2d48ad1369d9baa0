"""Addresses of the workflow room."""

from __future__ import annotations

from django.urls import path

from youju.foundation.workflow.web import absences, cases, todo

app_name = "workflow"
urlpatterns = [
    path("", todo.todo_list, name="todo"),
    path("cases/", cases.case_list, name="cases"),
    path("absences/", absences.absence_list, name="absences"),
    path("absences/new/", absences.new_absence, name="absence-new"),
    path("absences/<int:absence_id>/end/", absences.end_absence, name="absence-end"),
]
