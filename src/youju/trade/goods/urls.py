"""Addresses of the goods room. Words come before numbers: a good's number always holds a digit."""

from __future__ import annotations

from django.urls import path

from youju.trade.goods.web import campaigns, decisions, overseeing, recognition, trials

app_name = "goods"
urlpatterns = [
    path("goods/campaigns/", campaigns.campaign_list, name="campaigns"),
    path("goods/campaigns/<int:pk>/", campaigns.campaign, name="campaign"),
    path("goods/campaigns/<int:pk>/step/", campaigns.step, name="campaign-step"),
    path("goods/campaigns/open/", campaigns.open_one, name="campaign-open"),
    path("goods/decisions/<int:pk>/", decisions.decision, name="decision"),
    path("goods/decisions/<int:pk>/replay/", decisions.replay, name="decision-replay"),
    path("goods/recognition/", recognition.recognition, name="recognition"),
    path("goods/recognition/all/", recognition.recognise_all, name="recognise-all"),
    path("goods/refusals/", overseeing.refusals, name="refusals"),
    path("goods/trials/new/", trials.trial, name="trial"),
    path("goods/waiting/", overseeing.waiting, name="waiting"),
    path("goods/<str:number>/decision/", decisions.good_decision, name="good-decision"),
    path("goods/<str:number>/explain/", decisions.explain, name="explain"),
    path("goods/<str:number>/judge/", decisions.judge, name="judge"),
    path("goods/<str:number>/recognise/", recognition.recognise, name="recognise"),
]
