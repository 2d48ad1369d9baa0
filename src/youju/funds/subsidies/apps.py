"""The room of subsidies, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class SubsidiesConfig(AppConfig):
    """Subsidies (政策兑现): policies, what they would cost, applications, publicity, awards."""

    name = "youju.funds.subsidies"
    label = "subsidies"
    verbose_name = "政策兑现"
