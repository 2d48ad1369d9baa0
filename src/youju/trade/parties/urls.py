"""Addresses of the parties room. Words come before keys: a key is a number."""

from __future__ import annotations

from django.urls import path

from youju.trade.parties.web import changes, markets, merging, reminders, stalls, standing, statistics

app_name = "parties"
urlpatterns = [
    path("changes/", changes.change_list, name="changes"),
    path("changes/<int:number>/", changes.change, name="change"),
    path("changes/<int:number>/step/", changes.step, name="change-step"),
    path("duplicates/", merging.duplicates, name="duplicates"),
    path("duplicates/<int:number>/", merging.distinct, name="duplicate-distinct"),
    path("markets/", markets.market_list, name="markets"),
    path("markets/new/", markets.new, name="market-new"),
    path("markets/<int:number>/", markets.market, name="market"),
    path("markets/<int:number>/edit/", markets.edit, name="market-edit"),
    path("markets/<int:number>/stalls/", markets.stall_list, name="stalls"),
    path("markets/<int:number>/stalls/new/", stalls.new, name="stall-new"),
    path("merges/", merging.merges, name="merges"),
    path("merges/new/", merging.merge, name="merge"),
    path("merges/<int:number>/", merging.merge_one, name="merge-one"),
    path("reminders/", reminders.reminder_list, name="reminders"),
    path("stalls/<int:number>/", stalls.stall, name="stall"),
    path("stalls/<int:number>/drop/", stalls.drop, name="stall-drop"),
    path("stalls/<int:number>/edit/", stalls.edit, name="stall-edit"),
    path("stalls/<int:number>/let/", stalls.let, name="stall-let"),
    path("statistics/", statistics.statistics, name="statistics"),
    path("statistics/rows/", statistics.rows, name="statistics-rows"),
    path("statistics/steps/", statistics.steps, name="statistics-steps"),
    path("tenancies/<int:number>/end/", stalls.leave, name="tenancy-end"),
    path("<int:party_id>/change/", changes.new, name="change-new"),
    path("<int:party_id>/renew/", changes.renew, name="renew"),
    path("<int:party_id>/standing/<str:step>/", standing.standing, name="standing"),
]
