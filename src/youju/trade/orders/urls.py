"""Addresses of the orders room, under ``/orders/``. Words come before numbers."""

from __future__ import annotations

from django.urls import path

from youju.trade.orders.web import acting, editing, orders, purchases, rates

app_name = "orders"
urlpatterns = [
    path("", orders.order_list, name="list"),
    path("new/", editing.new, name="new"),
    path("keep/", editing.keep, name="keep"),
    path("forget/", editing.forget, name="forget"),
    path("purchases/", purchases.purchase_list, name="purchases"),
    path("purchases/<str:number>/", purchases.purchase, name="purchase"),
    path("rates/", rates.rate_list, name="rates"),
    path("<str:number>/", orders.order, name="order"),
    path("<str:number>/edit/", editing.edit, name="edit"),
    path("<str:number>/confirm/", acting.confirm, name="confirm"),
    path("<str:number>/send-back/", acting.send_back, name="send-back"),
    path("<str:number>/cancel/", acting.cancel, name="cancel"),
    path("<str:number>/papers/", acting.add_paper, name="paper-add"),
    path("<str:number>/papers/<int:paper>/", acting.paper, name="paper"),
]
