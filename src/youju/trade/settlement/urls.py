"""The addresses of the room of settlement."""

from __future__ import annotations

from django.urls import path

from youju.trade.settlement.web import banking, ledgers, lists, receipts

app_name = "settlement"
urlpatterns = [
    path("", ledgers.overview, name="overview"),
    path("lines/", lists.lot_list, name="lots"),
    path("lines/<int:line>/explain/", ledgers.explain, name="line-explain"),
    path("declarations/<str:key>/", ledgers.ledger, name="ledger"),
    path("receipts/", lists.receipt_list, name="receipts"),
    path("receipts/new/", receipts.new, name="receipt-new"),
    path("receipts/<str:number>/", receipts.receipt, name="receipt"),
    path("receipts/<str:number>/match/", receipts.match, name="receipt-match"),
    path("receipts/<str:number>/undo/", receipts.undo, name="receipt-undo"),
    path("receipts/<str:number>/refund/", receipts.refund, name="receipt-refund"),
    path("receipts/<str:number>/return/", receipts.give_back, name="receipt-return"),
    path("receipts/<str:number>/explain/", receipts.explain, name="receipt-explain"),
    path("receipts/<str:number>/picture/<int:file_id>/", receipts.picture, name="receipt-picture"),
    path("unmatched/", lists.unmatched_list, name="unmatched"),
    path("reservations/", lists.reservation_list, name="reservations"),
    path("reservations/<str:number>/", banking.reservation, name="reservation"),
    path("reservations/<str:number>/confirm/", banking.confirm, name="reservation-confirm"),
    path("reservations/<str:number>/release/", banking.release, name="reservation-release"),
    path("bank/", banking.bank, name="bank"),
    path("bank/reserve/", banking.reserve, name="bank-reserve"),
    path("rates/", lists.rate_list, name="rates"),
]
