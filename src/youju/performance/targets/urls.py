"""Addresses of the targets room. Words come before codes: a code always holds a digit."""

from __future__ import annotations

from django.urls import path

from youju.performance.targets.web import departments, downloads, findings, importing, projects

app_name = "targets"
urlpatterns = [
    path("", projects.project_list, name="projects"),
    path("department/", departments.department, name="department"),
    path("department/serves/", departments.serves, name="serves"),
    path("findings/", findings.finding_list, name="findings"),
    path("findings/relint/", findings.relint, name="relint"),
    path("import/", importing.upload, name="import"),
    path("import/<uuid:preview_id>/", importing.preview, name="import-preview"),
    path("import/<uuid:preview_id>/year/", importing.change_year, name="import-year"),
    path("import/<uuid:preview_id>/confirm/", importing.confirm, name="import-confirm"),
    path("import/<uuid:preview_id>/discard/", importing.discard, name="import-discard"),
    path("import/<uuid:preview_id>/done/", importing.done, name="import-done"),
    path("download/<str:kind>/", downloads.document, name="download"),
    path("<str:code>/", projects.project, name="project"),
    path("<str:code>/download/<str:kind>/", downloads.project, name="project-download"),
]
