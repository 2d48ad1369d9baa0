"""The addresses of the room of risk."""

from __future__ import annotations

from django.urls import path

from youju.trade.risk.web import board, graphs, hits, lanes, trials

app_name = "risk"
urlpatterns = [
    path("", board.board, name="board"),
    path("hits/", hits.hits, name="hits"),
    path("hits/assign/", hits.assign, name="assign"),
    path("hits/<int:number>/", hits.hit, name="hit"),
    path("hits/<int:number>/<slug:name>/", hits.step, name="step"),
    path("own/", hits.own, name="own"),
    path("rules/", board.rules, name="rules"),
    path("rules/<slug:rule>/try/", trials.try_rule, name="try"),
    path("trials/", trials.trials, name="trials"),
    path("trials/<int:number>/", trials.trial, name="trial"),
    path("peers/", board.peers, name="peers"),
    path("peers/<slug:hs6>/", board.peer, name="peer"),
    path("graph/", graphs.components, name="components"),
    path("graph/<str:number>/", graphs.graph, name="graph"),
    path("lanes/", lanes.lanes, name="lanes"),
    path("draws/", lanes.draws, name="draws"),
    path("draws/<str:day>/", lanes.draw, name="draw"),
    path("scans/", board.scans, name="scans"),
    path("scans/new/", board.scan, name="scan"),
]
