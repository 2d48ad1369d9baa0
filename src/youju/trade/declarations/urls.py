"""Addresses of the declarations room, under ``/declarations/``. Words come before numbers."""

from __future__ import annotations

from django.urls import include, path

app_name = "declarations"
urlpatterns = [
    path("", include("youju.trade.declarations.urls_exchange")),
]
