"""Addresses of the exchange, under ``/declarations/``. Included before those whose first part is a key."""

from __future__ import annotations

from django.urls import path

from youju.trade.declarations.web import exchange

urlpatterns = [
    path("exchange/", exchange.message_list, name="exchange"),
    path("exchange/<int:pk>/", exchange.message, name="exchange-message"),
    path("exchange/<int:pk>/put-back/", exchange.put_back, name="exchange-put-back"),
    path("<str:key>/messages/", exchange.of_declaration, name="exchange-declaration"),
    path("<str:key>/send/", exchange.send, name="exchange-send"),
    path("<str:key>/send-again/", exchange.send_again, name="exchange-send-again"),
    path("<str:key>/customs/", exchange.customs, name="exchange-customs"),
    path("<str:key>/entry-number/", exchange.correct_entry, name="exchange-entry"),
]
