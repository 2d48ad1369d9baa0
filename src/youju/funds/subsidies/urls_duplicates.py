"""Addresses of the duplicate proof, under ``/subsidies/duplicates/``."""

from __future__ import annotations

from django.urls import path

from youju.funds.subsidies.web import duplicates

app_name = "duplicates"
urlpatterns = [
    path("", duplicates.hits, name="hits"),
    path("look/", duplicates.look, name="look"),
    path("<int:number>/", duplicates.hit, name="hit"),
]
