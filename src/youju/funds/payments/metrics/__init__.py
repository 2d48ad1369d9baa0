"""What this room gives to analytics: paid and due payments, and the metrics of spending."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from youju.analytics.metrics import register_metric
from youju.analytics.tables import DUE_PAYMENTS, PAID_PAYMENTS
from youju.foundation.metrics.linking import Link, register_row_kind
from youju.foundation.metrics.sources import register_source
from youju.funds.payments.metrics.amounts import AMOUNTS
from youju.funds.payments.metrics.costs import COST_UTILISATION_RATE
from youju.funds.payments.metrics.plans import PLAN_RATE
from youju.funds.payments.metrics.rows import PAYMENT


def declare() -> None:
    """Called once, when the application is set up."""
    register_source(PAID_PAYMENTS, "payments_paid")
    register_source(DUE_PAYMENTS, "payments_due")
    register_row_kind(PAYMENT, "付款", link_payments)
    for metric in (*AMOUNTS, COST_UTILISATION_RATE, PLAN_RATE):
        register_metric(metric)


def link_payments(rows: Sequence[Mapping[str, Any]]) -> list[Link]:
    """By their numbers; nothing is looked up."""
    return [Link(str(row["number"]), reverse("payments:payment", args=[row["number"]])) for row in rows]
