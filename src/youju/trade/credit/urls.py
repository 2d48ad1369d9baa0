"""The addresses of the room of credit. Words come before numbers."""

from __future__ import annotations

from django.urls import path

from youju.trade.credit.web import boards, lists, party, pleas, publicity, trials

app_name = "credit"
urlpatterns = [
    path("", boards.board, name="board"),
    path("list/", lists.score_list, name="list"),
    path("own/", party.own, name="own"),
    path("parties/<int:number>/", party.party, name="party"),
    path("parties/<int:number>/plead/", party.plead, name="plead"),
    path("parties/<int:number>/certificate/", party.certify, name="certify"),
    path("certificates/<int:number>/", party.certificate, name="certificate"),
    path("certificates/<int:number>/revoke/", party.revoke, name="revoke"),
    path("pleas/", lists.plea_list, name="pleas"),
    path("pleas/<int:number>/", pleas.plea, name="plea"),
    path("pleas/<int:number>/step/", pleas.step, name="plea-step"),
    path("pleas/<int:number>/files/<int:file>/", pleas.file, name="plea-file"),
    path("publicity/", lists.publicity, name="publicity"),
    path("publicity/new/", publicity.new, name="publicity-new"),
    path("publicity/<int:number>/", publicity.one, name="publicity-one"),
    path("publicity/<int:number>/step/", publicity.step, name="publicity-step"),
    path("snapshots/", boards.snapshots, name="snapshots"),
    path("snapshots/make/", boards.make, name="make"),
    path("policy/", boards.policy, name="policy"),
    path("trials/", trials.trial_list, name="trials"),
    path("trials/new/", trials.new, name="trial-new"),
    path("trials/<int:number>/", trials.trial, name="trial"),
]
