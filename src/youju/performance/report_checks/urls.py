"""The addresses of the room of report checks."""

from __future__ import annotations

from django.urls import path

from youju.performance.report_checks.web import checks, lists

app_name = "report_checks"
urlpatterns = [
    path("", lists.check_list, name="list"),
    path("new/", checks.new, name="new"),
    path("<int:number>/", checks.check, name="check"),
    path("<int:number>/again/", checks.again, name="again"),
    path("<int:number>/take/<str:kind>/", checks.take, name="take"),
]
