"""Addresses of the targets room. Words come before codes: a code always holds a digit."""

from __future__ import annotations

from django.urls import path

from youju.performance.targets.web import (
    adjusting,
    answering,
    comparing,
    departments,
    downloads,
    editing,
    findings,
    importing,
    projects,
    versions,
)

app_name = "targets"
urlpatterns = [
    path("", projects.project_list, name="projects"),
    path("department/", departments.department, name="department"),
    path("department/serves/", departments.serves, name="serves"),
    path("findings/", findings.finding_list, name="findings"),
    path("findings/relint/", findings.relint, name="relint"),
    path("findings/answer/<str:mark>/", answering.answer, name="answer"),
    path("versions/", versions.version_list, name="versions"),
    path("versions/<int:number>/", versions.version, name="version"),
    path("versions/<int:number>/step/", versions.step, name="version-step"),
    path("versions/<int:number>/adjust/", adjusting.adjust, name="version-adjust"),
    path("versions/<int:number>/source/", versions.source, name="version-source"),
    path("versions/<int:number>/paper/", versions.paper, name="version-paper"),
    path("versions/<int:number>/bulk/", versions.bulk, name="version-bulk"),
    path("versions/<int:number>/form/<str:kind>/", downloads.make, name="version-form"),
    path("forms/<uuid:document_id>/", downloads.made, name="form"),
    path("compare/", comparing.compare, name="compare"),
    path("compare/download/", comparing.download, name="compare-download"),
    path("import/", importing.upload, name="import"),
    path("import/<uuid:preview_id>/", importing.preview, name="import-preview"),
    path("import/<uuid:preview_id>/year/", importing.change_year, name="import-year"),
    path("import/<uuid:preview_id>/confirm/", importing.confirm, name="import-confirm"),
    path("import/<uuid:preview_id>/discard/", importing.discard, name="import-discard"),
    path("import/<uuid:preview_id>/done/", importing.done, name="import-done"),
    path("download/<str:kind>/", downloads.document, name="download"),
    path("<str:code>/", projects.project, name="project"),
    path("<str:code>/edit/", editing.edit, name="edit"),
    path("<str:code>/edit/check/", editing.check, name="edit-check"),
    path("<str:code>/edit/keep/", editing.keep, name="edit-keep"),
    path("<str:code>/edit/forget/", editing.forget, name="edit-forget"),
    path("<str:code>/edit/clash/", editing.clash, name="clash"),
    path("<str:code>/download/<str:kind>/", downloads.project, name="project-download"),
]
