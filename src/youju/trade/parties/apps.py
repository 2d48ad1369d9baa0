"""The room of parties, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """Parties (主体备案)."""

    name = "youju.trade.parties"
    label = "parties"
    verbose_name = "主体备案"
