"""Addresses of applications, rounds, publicity and objections. Words come before numbers."""

from __future__ import annotations

from django.urls import path

from youju.funds.subsidies.web import claim_files, claims_own, claims_review, objections, public, rounds

app_name = "claims"
urlpatterns = [
    path("entitlements/", claims_own.entitlements, name="entitlements"),
    path("own/", claims_own.own, name="own"),
    path("new/", claims_own.begin, name="new"),
    path("public/", public.lists, name="public"),
    path("public/objections/<uuid:key>/", public.answer, name="public-answer"),
    path("public/<str:number>/", public.one, name="public-list"),
    path("public/<str:number>/object/", public.objecting, name="public-object"),
    path("rounds/", rounds.round_list, name="rounds"),
    path("rounds/new/", rounds.new, name="round-new"),
    path("rounds/files/<uuid:document_id>/", rounds.file, name="round-file"),
    path("rounds/<str:number>/", rounds.one, name="round"),
    path("rounds/<str:number>/add/", rounds.add, name="round-add"),
    path("rounds/<str:number>/remove/", rounds.remove, name="round-remove"),
    path("rounds/<str:number>/step/", rounds.step, name="round-step"),
    path("rounds/<str:number>/award/", rounds.award, name="round-award"),
    path("rounds/<str:number>/pay/", rounds.pay, name="round-pay"),
    path("rounds/<str:number>/papers/", rounds.papers, name="round-papers"),
    path("rounds/<str:number>/papers/<str:kind>/", rounds.make, name="round-make"),
    path("objections/", objections.objection_list, name="objections"),
    path("objections/<str:number>/", objections.one, name="objection"),
    path("objections/<str:number>/decide/", objections.decide, name="objection-decide"),
    path("objections/<str:number>/contact/", objections.contact, name="objection-contact"),
    path("", claims_review.claim_list, name="list"),
    path("<str:number>/", claims_own.claim, name="claim"),
    path("<str:number>/edit/", claims_own.edit, name="edit"),
    path("<str:number>/keep/", claims_own.keep, name="keep"),
    path("<str:number>/refresh/", claims_own.refresh, name="refresh"),
    path("<str:number>/costs/", claims_own.cost, name="cost-add"),
    path("<str:number>/costs/<int:cost_id>/remove/", claims_own.cost_gone, name="cost-remove"),
    path("<str:number>/papers/", claims_own.paper, name="paper-add"),
    path("<str:number>/certify/", claims_own.certify, name="certify"),
    path("<str:number>/step/", claims_own.step, name="step"),
    path("<str:number>/account/", claims_own.account, name="account"),
    path("<str:number>/lines/", claim_files.lines, name="lines"),
    path("<str:number>/files/<str:sha256>/", claim_files.file, name="file"),
    path("<str:number>/review/", claims_review.review, name="review"),
    path("<str:number>/prepay/", claims_review.prepay, name="prepay"),
    path("<str:number>/conflict/", claims_review.conflict, name="conflict"),
]
