"""Addresses of the room of assets. Words come before numbers."""

from __future__ import annotations

from django.urls import path

from youju.funds.assets.web import cards, labels, lists, payments, phone, steps, stocktakes, totals

app_name = "assets"
urlpatterns = [
    path("", lists.asset_list, name="list"),
    path("new/", cards.new, name="new"),
    path("payments/", payments.payments, name="payments"),
    path("payments/<str:number>/", payments.payment, name="payment"),
    path("payments/<str:number>/cards/", payments.make, name="payment-cards"),
    path("payments/<str:number>/expensed/", payments.expense, name="expense"),
    path("code/<str:number>/", cards.code, name="code"),
    path("labels/", labels.labels, name="labels"),
    path("labels/<uuid:document>/", labels.paper, name="label-paper"),
    path("moves/", lists.move_list, name="moves"),
    path("moves/<int:number>/", steps.move, name="move"),
    path("moves/<int:number>/step/", steps.move_step, name="move-step"),
    path("disposals/", lists.disposal_list, name="disposals"),
    path("disposals/<int:number>/", steps.disposal, name="disposal"),
    path("disposals/<int:number>/step/", steps.disposal_step, name="disposal-step"),
    path("stocktakes/", lists.stocktake_list, name="stocktakes"),
    path("stocktakes/new/", stocktakes.new, name="stocktake-new"),
    path("stocktakes/worker.js", phone.worker, name="worker"),
    path("stocktakes/token/", phone.token, name="token"),
    path("stocktakes/<int:number>/", stocktakes.stocktake, name="stocktake"),
    path("stocktakes/<int:number>/step/", stocktakes.step, name="stocktake-step"),
    path("stocktakes/<int:number>/items/<int:item>/", stocktakes.decide, name="decide"),
    path("stocktakes/<int:number>/count/", phone.count, name="count"),
    path("stocktakes/<int:number>/count/one/", phone.one, name="count-one"),
    path("stocktakes/<int:number>/count/list/", phone.listed, name="count-list"),
    path("depreciation/", totals.depreciation, name="depreciation"),
    path("depreciation/run/", totals.depreciate, name="depreciate"),
    path("overview/", totals.overview, name="overview"),
    path("reconciliation/", totals.reconciliation, name="reconciliation"),
    path("<int:number>/", cards.asset, name="asset"),
    path("<int:number>/edit/", cards.edit, name="edit"),
    path("<int:number>/move/", cards.move, name="asset-move"),
    path("<int:number>/dispose/", cards.dispose, name="asset-dispose"),
    path("<int:number>/link/", cards.link, name="asset-link"),
]
