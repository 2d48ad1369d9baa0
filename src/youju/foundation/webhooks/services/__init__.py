"""Writes of the webhooks room: keyword-only, one transaction, audited."""

from youju.foundation.webhooks.services.delivering import clear_old, deliver_due, endpoints_due
from youju.foundation.webhooks.services.registering import (
    Issued,
    change_endpoint,
    register_endpoint,
    reseal_all,
    rotate_secret,
    step_endpoint,
)
from youju.foundation.webhooks.services.resending import redeliver, send_test

__all__ = [
    "Issued",
    "change_endpoint",
    "clear_old",
    "deliver_due",
    "endpoints_due",
    "redeliver",
    "register_endpoint",
    "reseal_all",
    "rotate_secret",
    "send_test",
    "step_endpoint",
]
