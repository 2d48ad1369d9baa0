"""The addresses of the room of disclosure."""

from __future__ import annotations

from django.urls import path

from youju.performance.disclosure.web import lists, releases

app_name = "disclosure"
urlpatterns = [
    path("", lists.release_list, name="list"),
    path("new/", releases.new, name="new"),
    path("export/", releases.export, name="export"),
    path("<int:number>/", releases.release, name="release"),
    path("<int:number>/refresh/", releases.refresh, name="refresh"),
    path("<int:number>/step/", releases.step, name="step"),
    path("<int:number>/preview/<path:file>", releases.preview, name="preview"),
]
