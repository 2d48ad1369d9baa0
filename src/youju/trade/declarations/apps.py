"""The room of declarations, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class DeclarationsConfig(AppConfig):
    """Customs declarations (报关)."""

    name = "youju.trade.declarations"
    label = "declarations"
    verbose_name = "报关"
