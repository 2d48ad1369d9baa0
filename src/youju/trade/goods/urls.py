"""Addresses of the goods room, under ``/goods/`` and ``/tariff/``. Words come before codes and numbers."""

from __future__ import annotations

from django.urls import path

from youju.trade.goods.web import (
    campaigns,
    decisions,
    editing,
    goods,
    overseeing,
    recognition,
    tariff,
    trials,
    versions,
)

app_name = "goods"
urlpatterns = [
    path("tariff/", tariff.search, name="tariff"),
    path("tariff/suggest/", tariff.suggest, name="tariff-suggest"),
    path("tariff/versions/", versions.version_list, name="tariff-versions"),
    path("tariff/versions/load/", versions.load, name="tariff-load"),
    path("tariff/versions/difference/", versions.difference, name="tariff-difference"),
    path("goods/", goods.good_list, name="goods"),
    path("goods/new/", editing.new, name="good-new"),
    path("goods/elements/", editing.elements, name="good-elements"),
    path("goods/keep/", editing.keep, name="good-keep"),
    path("goods/forget/", editing.forget, name="good-forget"),
    path("goods/campaigns/", campaigns.campaign_list, name="campaigns"),
    path("goods/campaigns/open/", campaigns.open_one, name="campaign-open"),
    path("goods/recognition/", recognition.recognition, name="recognition"),
    path("goods/recognition/all/", recognition.recognise_all, name="recognise-all"),
    path("goods/refusals/", overseeing.refusals, name="refusals"),
    path("goods/trials/new/", trials.trial, name="trial"),
    path("goods/waiting/", overseeing.waiting, name="waiting"),
    path("tariff/versions/<int:number>/", versions.version, name="tariff-version"),
    path("tariff/<str:code>/", tariff.code, name="tariff-code"),
    path("goods/<int:number>/", goods.good, name="good"),
    path("goods/<int:number>/edit/", editing.edit, name="good-edit"),
    path("goods/<int:number>/withdraw/", goods.withdraw, name="good-withdraw"),
    path("goods/<int:number>/restore/", goods.restore, name="good-restore"),
    path("goods/<int:number>/picture/<str:size>/", goods.picture, name="good-picture"),
    path("goods/<int:number>/authorisation/", goods.authorisation, name="good-authorisation"),
    path("goods/campaigns/<int:pk>/", campaigns.campaign, name="campaign"),
    path("goods/campaigns/<int:pk>/step/", campaigns.step, name="campaign-step"),
    path("goods/decisions/<int:pk>/", decisions.decision, name="decision"),
    path("goods/decisions/<int:pk>/replay/", decisions.replay, name="decision-replay"),
    path("goods/<str:number>/decision/", decisions.good_decision, name="good-decision"),
    path("goods/<str:number>/explain/", decisions.explain, name="explain"),
    path("goods/<str:number>/judge/", decisions.judge, name="judge"),
    path("goods/<str:number>/recognise/", recognition.recognise, name="recognise"),
]
