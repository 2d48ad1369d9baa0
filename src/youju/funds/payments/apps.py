"""The room of payments, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """Payments (付款): asked for, reviewed, approved, sent to the bank, paid or returned."""

    name = "youju.funds.payments"
    label = "payments"
    verbose_name = "付款"
