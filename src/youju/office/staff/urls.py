"""Addresses of the room of dispatched staff. Words come before numbers."""

from __future__ import annotations

from django.urls import path

from youju.office.staff.web import lists, months, one, overview

app_name = "staff"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("lines/", lists.line_list, name="lines"),
    path("lines/<int:number>/", one.line, name="line"),
    path("lines/<int:number>/correct/", one.correct, name="correct"),
    path("months/<int:year>/<int:number>/", months.month, name="month"),
    path("months/<int:year>/<int:number>/step/", months.step, name="month-step"),
    path("agreements/", lists.agreement_list, name="agreements"),
    path("agreements/new/", one.new_agreement, name="agreement-new"),
    path("agreements/<int:number>/", one.agreement, name="agreement"),
]
