"""The addresses of the public site."""

from __future__ import annotations

from django.urls import path

from youju.performance.disclosure.web import public

app_name = "open"
urlpatterns = [
    path("", public.home, name="home"),
    path("<path:file>", public.file, name="file"),
]
