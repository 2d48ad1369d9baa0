"""Addresses of the statistics room."""

from __future__ import annotations

from django.urls import path

from youju.trade.statistics.web import alerts, bulletins, dimensions, districts, lines, overview, screen

app_name = "statistics"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("by/<str:name>/", dimensions.dimension, name="dimension"),
    path("by/<str:name>/export/<str:kind>/", dimensions.export, name="export-dimension"),
    path("lines/", lines.lines, name="lines"),
    path("lines/export/<str:kind>/", lines.export, name="export-lines"),
    path("screen/", screen.screen, name="screen"),
    path("bulletins/", bulletins.bulletins, name="bulletins"),
    path("bulletins/make/", bulletins.make, name="make-bulletin"),
    path("bulletins/<str:month>/", bulletins.bulletin, name="bulletin"),
    path("bulletins/file/<uuid:document>/", bulletins.download, name="bulletin-file"),
    path("districts/", districts.districts, name="districts"),
    path("alerts/", alerts.alerts, name="alerts"),
    path("alerts/watch/", alerts.watch, name="watch"),
    path("alerts/<int:number>/", alerts.alert, name="alert"),
]
