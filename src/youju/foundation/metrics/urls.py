"""Addresses of the metric catalogue."""

from __future__ import annotations

from django.urls import path

from youju.foundation.metrics.web import catalogue, figures, lake

app_name = "metrics"
urlpatterns = [
    path("", catalogue.catalogue, name="catalogue"),
    path("tables/<slug:name>/", catalogue.table, name="table"),
    path("frozen/<int:figure>/", figures.frozen, name="frozen"),
    path("frozen/<int:figure>/compare", figures.compare, name="compare"),
    path("lake/", lake.lake, name="lake"),
    path("lake/refresh", lake.refresh, name="lake-refresh"),
    path("<str:code>/", figures.metric, name="metric"),
    path("<str:code>/freeze", figures.freeze, name="freeze"),
]
