"""Addresses of the goods room, under ``/goods/`` and ``/tariff/``. Words come before codes and numbers."""

from __future__ import annotations

from django.urls import path

from youju.trade.goods.web import (
    editing,
    goods,
    tariff,
    versions,
)

app_name = "goods"
urlpatterns = [
    path("tariff/", tariff.search, name="tariff"),
    path("tariff/suggest/", tariff.suggest, name="tariff-suggest"),
    path("tariff/versions/", versions.version_list, name="tariff-versions"),
    path("tariff/versions/<int:number>/", versions.version, name="tariff-version"),
    path("tariff/versions/load/", versions.load, name="tariff-load"),
    path("tariff/versions/difference/", versions.difference, name="tariff-difference"),
    path("tariff/<str:code>/", tariff.code, name="tariff-code"),
    path("goods/", goods.good_list, name="goods"),
    path("goods/new/", editing.new, name="good-new"),
    path("goods/elements/", editing.elements, name="good-elements"),
    path("goods/keep/", editing.keep, name="good-keep"),
    path("goods/forget/", editing.forget, name="good-forget"),
    path("goods/<int:number>/", goods.good, name="good"),
    path("goods/<int:number>/edit/", editing.edit, name="good-edit"),
    path("goods/<int:number>/withdraw/", goods.withdraw, name="good-withdraw"),
    path("goods/<int:number>/restore/", goods.restore, name="good-restore"),
    path("goods/<int:number>/picture/<str:size>/", goods.picture, name="good-picture"),
    path("goods/<int:number>/authorisation/", goods.authorisation, name="good-authorisation"),
]
