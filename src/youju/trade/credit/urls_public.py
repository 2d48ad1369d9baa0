"""Addresses of credit for anybody."""

from __future__ import annotations

from django.urls import path

from youju.trade.credit.web import public

app_name = "open_credit"
urlpatterns = [
    path("", public.lists, name="lists"),
    path("check/<str:code>/", public.check, name="check"),
    path("<str:number>/", public.one, name="list"),
]
