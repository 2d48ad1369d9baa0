"""The room of subsidies, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class SubsidiesConfig(AppConfig):
    """Subsidies (政策兑现): policies, what they would cost, applications, publicity, awards."""

    name = "youju.funds.subsidies"
    label = "subsidies"
    verbose_name = "政策兑现"

    def ready(self) -> None:
        """Each part of the room enters the navigation, names its records for the trail, puts its flows into force."""
        from youju.funds.subsidies.claim_setup import declare_claims
        from youju.funds.subsidies.duplicate_setup import declare_duplicates

        declare_claims()
        declare_duplicates()
