"""Addresses of the workflow room."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "workflow"
urlpatterns: list[URLPattern] = []
